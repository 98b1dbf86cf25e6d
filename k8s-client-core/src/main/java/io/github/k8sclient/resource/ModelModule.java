package io.github.k8sclient.resource;

import com.fasterxml.jackson.annotation.JsonFormat;
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
 * Teaches Jackson the types of this client's model, which have codecs of their own.
 */
final class ModelModule extends JacksonModule {

	@Override
	public String getModuleName() {
		return ModelModule.class.getName();
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

	private static final class ModelDeserializers extends Deserializers.Base {

		@Override
		public @Nullable ValueDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			ModelType<?> model = ModelType.find(type.getRawClass());
			return (model != null) ? new ModelDeserializer<>(model) : null;
		}

		@Override
		public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
			return ModelType.find(type) != null;
		}

	}

	private static final class ModelSerializers extends Serializers.Base {

		@Override
		public @Nullable ValueSerializer<?> findSerializer(SerializationConfig config, JavaType type,
				BeanDescription.Supplier description, JsonFormat.@Nullable Value format) {
			ModelType<?> model = ModelType.find(type.getRawClass());
			return (model != null) ? new ModelSerializer<>(model) : null;
		}

	}

}
