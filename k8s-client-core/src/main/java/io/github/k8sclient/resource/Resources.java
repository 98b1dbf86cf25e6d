package io.github.k8sclient.resource;

import java.util.Set;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Describes the resources whose objects have a class: those of the built-in kinds, and
 * those that are annotated with {@link CustomResource @CustomResource}.
 * <p>
 * Objects of annotated classes are read and written by a mapper of this client, which is
 * no bean and is not touched by the settings of the application's own. It
 * <ul>
 * <li>ignores members that the class does not know, so that a new version of the custom
 * resource definition breaks nobody. An update with the object would drop them: patch or
 * apply what changes instead, or keep them by {@code @JsonAnySetter} and
 * {@code @JsonAnyGetter},</li>
 * <li>leaves out what is {@code null}, and sets what is absent to {@code null}, zero or
 * {@code false}, as Go does with {@code omitempty},</li>
 * <li>uses fields, whether they have getters or not, and record components,</li>
 * <li>knows the types of this client's model: {@code ObjectMeta}, {@code Condition},
 * {@code LabelSelector}, {@code PodTemplateSpec}, {@code Quantity}, {@code IntOrString}
 * and so on may be components at any depth. A {@link java.time.Duration} has Go's form,
 * such as {@code 1h30m}.</li>
 * </ul>
 * The usual annotations of Jackson work.
 *
 * @since 0.1.0
 */
public final class Resources {

	private static final Set<String> METADATA_VERBS = Set.of("get", "list", "watch", "patch", "delete",
			"deletecollection");

	private static final ClassValue<ResourceDescriptor<?>> ANNOTATED = new ClassValue<>() {

		@Override
		protected ResourceDescriptor<?> computeValue(Class<?> type) {
			return describe(type.asSubclass(KubernetesObject.class), KubernetesJson.mapper());
		}

	};

	private Resources() {
	}

	/**
	 * Describe the resource that a class is of.
	 * @param type the class of a built-in kind, or one that is annotated
	 * @param <T> the type of the objects
	 * @return the description
	 * @throws IllegalArgumentException if the class is neither
	 */
	public static <T extends KubernetesObject> ResourceDescriptor<T> of(Class<T> type) {
		ResourceDescriptor<T> resource = find(type);
		Assert.notNull(resource,
				() -> type.getName() + " is neither of a built-in kind nor annotated with @CustomResource");
		return resource;
	}

	/**
	 * Find the resource that a class is of.
	 * @param type a class
	 * @param <T> the type of the objects
	 * @return the description, {@code null} if the class is neither of a built-in kind
	 * nor annotated
	 */
	@SuppressWarnings("unchecked")
	public static <T extends KubernetesObject> @Nullable ResourceDescriptor<T> find(Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return type.isAnnotationPresent(CustomResource.class) ? (ResourceDescriptor<T>) ANNOTATED.get(type)
				: BuiltInResources.find(type);
	}

	/**
	 * Describe a custom resource whose objects are read and written by a mapper of the
	 * application.
	 * @param type a class that is annotated
	 * @param mapper the mapper, to which the types of this client's model are added; all
	 * other settings are its own
	 * @param <T> the type of the objects
	 * @return the description
	 * @throws IllegalArgumentException if the class is not annotated
	 */
	public static <T extends KubernetesObject> ResourceDescriptor<T> of(Class<T> type, JsonMapper mapper) {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(mapper, "'mapper' must not be null");
		return describe(type, KubernetesJson.extend(mapper));
	}

	/**
	 * Describe a resource of whose objects only the metadata are wanted: the server is
	 * asked to leave out everything else.
	 * @param resource the resource
	 * @return the description, without the verbs that need whole objects
	 */
	public static ResourceDescriptor<PartialObjectMetadata> metadataOf(ResourceDescriptor<?> resource) {
		Assert.notNull(resource, "'resource' must not be null");
		ResourceDescriptor.Builder<PartialObjectMetadata> metadata = ResourceDescriptor
			.builder(PartialObjectMetadata.class, resource.kind().apiVersion(), resource.kind().kind(),
					resource.resource().resource(), MetadataCodec.INSTANCE)
			.verbs(resource.verbs().stream().filter(METADATA_VERBS::contains).toArray(String[]::new));
		return (resource.namespaced() ? metadata : metadata.clusterScoped()).build();
	}

	private static <T extends KubernetesObject> ResourceDescriptor<T> describe(Class<T> type, JsonMapper mapper) {
		CustomResource resource = type.getAnnotation(CustomResource.class);
		Assert.notNull(resource, () -> type.getName() + " is not annotated with @CustomResource");
		String apiVersion = new GroupVersion(resource.group(), resource.version()).toString();
		String kind = resource.kind().isEmpty() ? type.getSimpleName() : resource.kind();
		ResourceDescriptor.Builder<T> builder = ResourceDescriptor
			.builder(type, apiVersion, kind, resource.plural(), new JacksonCodec<>(type, apiVersion, kind, mapper))
			.selectableFields(resource.selectableFields());
		return (resource.namespaced() ? builder : builder.clusterScoped()).build();
	}

}
