package io.github.k8sclient.informer;

import io.github.k8sclient.meta.KubernetesObject;

/**
 * A record that is a view of a built-in kind. Version and kind are those of the kind; the
 * metadata is a component of the record.
 *
 * @since 0.1.0
 * @see Projection
 */
public interface ProjectedObject extends KubernetesObject {

	@Override
	default String apiVersion() {
		return ProjectedResource.of(getClass()).kind().groupVersion().toString();
	}

	@Override
	default String kind() {
		return ProjectedResource.of(getClass()).kind().kind();
	}

}
