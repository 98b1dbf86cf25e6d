package io.github.k8sclient.resource;

import java.time.Duration;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.ser.Serializers;

/**
 * Teaches a mapper of the application the types of this client, so that they can stand in
 * what a controller answers with or takes, alone or inside of other objects. They have
 * the form that the API server gives them:
 * <ul>
 * <li>objects of built-in kinds and their parts, such as {@code PodSpec},</li>
 * <li>{@code Unstructured}, and classes that are annotated with
 * {@link io.github.k8sclient.meta.CustomResource @CustomResource}, as {@link Resources}
 * describes,</li>
 * <li>values, such as {@code Quantity} and {@code IntOrString}.</li>
 * </ul>
 * Everything else is written and read as before; a {@link Duration} of the application
 * keeps the form that the mapper gives it.
 * <p>
 * <strong>Secrets are written with their data</strong>, unlike by {@code toString}: who
 * answers with one means it.
 * <p>
 * A mapper that looks for modules, as those of Spring do, finds this one by itself.
 *
 * @since 0.1.0
 */
public final class KubernetesJacksonModule extends JacksonModule {

	private final Function<Class<?>, @Nullable ModelType<?>> types;

	/**
	 * Create a module for a mapper of the application.
	 */
	public KubernetesJacksonModule() {
		this(KubernetesJacksonModule::find);
	}

	private KubernetesJacksonModule(Function<Class<?>, @Nullable ModelType<?>> types) {
		this.types = types;
	}

	/**
	 * Create the module for a mapper that reads and writes custom resources. It takes the
	 * place of the one that the mapper may have.
	 */
	static KubernetesJacksonModule forCustomResources() {
		return new KubernetesJacksonModule(ModelType::find);
	}

	private static @Nullable ModelType<?> find(Class<?> type) {
		if (KubernetesObject.class.isAssignableFrom(type)) {
			ResourceDescriptor<?> resource = Resources.find(type.asSubclass(KubernetesObject.class));
			if (resource != null) {
				return ModelType.of(resource.codec());
			}
		}
		return (type != Duration.class) ? ModelType.find(type) : null;
	}

	@Override
	public String getModuleName() {
		return KubernetesJacksonModule.class.getName();
	}

	@Override
	public Version version() {
		return Version.unknownVersion();
	}

	@Override
	public void setupModule(SetupContext context) {
		context.addDeserializers(new ModelDeserializers());
		context.addSerializers(new ModelSerializers());
	}

	private final class ModelDeserializers extends Deserializers.Base {

		@Override
		public @Nullable ValueDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			ModelType<?> model = KubernetesJacksonModule.this.types.apply(type.getRawClass());
			return (model != null) ? new ModelDeserializer<>(model) : null;
		}

		@Override
		public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
			return KubernetesJacksonModule.this.types.apply(type) != null;
		}

	}

	private final class ModelSerializers extends Serializers.Base {

		@Override
		public @Nullable ValueSerializer<?> findSerializer(SerializationConfig config, JavaType type,
				BeanDescription.Supplier description, JsonFormat.@Nullable Value format) {
			ModelType<?> model = KubernetesJacksonModule.this.types.apply(type.getRawClass());
			return (model != null) ? new ModelSerializer<>(model) : null;
		}

	}

}
