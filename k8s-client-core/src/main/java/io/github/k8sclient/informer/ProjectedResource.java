package io.github.k8sclient.informer;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;

import org.springframework.util.Assert;

/**
 * Finds the resources that projections are views of.
 */
final class ProjectedResource {

	/** Keeps what is found with the class of the view. */
	private static final ClassValue<ResourceDescriptor<?>> SOURCES = new ClassValue<>() {

		@Override
		protected ResourceDescriptor<?> computeValue(Class<?> view) {
			Projection projection = view.getAnnotation(Projection.class);
			Assert.isTrue(projection != null, () -> view.getName() + " is not annotated with @Projection");
			return source(projection.of());
		}

	};

	private ProjectedResource() {
	}

	private static ResourceDescriptor<?> source(Class<? extends KubernetesObject> type) {
		ResourceDescriptor<?> resource = BuiltInResources.find(type);
		if (resource == null) {
			throw new IllegalArgumentException(type.isAnnotationPresent(CustomResource.class)
					? type.getName() + " is a custom resource, of which there are no projections: a record with fewer"
							+ " components that is annotated with @CustomResource itself reads no more than those"
					: type.getName() + " is not the class of a built-in resource");
		}
		return resource;
	}

	/**
	 * Return the resource that a record is a view of.
	 * @param view the class of the record
	 * @return the resource
	 * @throws IllegalArgumentException if the record does not say so
	 */
	static ResourceDescriptor<?> of(Class<?> view) {
		ResourceDescriptor<?> source = SOURCES.get(view);
		Assert.state(source != null, "No resource");
		return source;
	}

	/**
	 * Describe the objects of that resource as the record shows them.
	 * @param view the class of the record
	 * @param <T> the type of the record
	 * @return the description
	 * @throws IllegalArgumentException if the class is no record, or one of its
	 * components does not fit
	 */
	static <T extends KubernetesObject> ResourceDescriptor<T> describe(Class<T> view) {
		ResourceDescriptor<?> source = of(view);
		ResourceDescriptor.Builder<T> builder = ResourceDescriptor
			.builder(view, source.kind().groupVersion().toString(), source.kind().kind(), source.resource().resource(),
					new ProjectionCodec<>(view, source))
			.verbs(source.verbs().toArray(String[]::new));
		return (source.namespaced() ? builder : builder.clusterScoped()).build();
	}

}
