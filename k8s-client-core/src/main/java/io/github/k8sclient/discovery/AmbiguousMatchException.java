package io.github.k8sclient.discovery;

import java.util.List;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.meta.GroupVersionResource;

/**
 * A name means several resources, none of which the API server prefers.
 *
 * @since 0.1.0
 */
public final class AmbiguousMatchException extends KubernetesException {

	private final List<GroupVersionResource> resources;

	/**
	 * Create an exception.
	 * @param name what was looked for
	 * @param resources what it may mean
	 */
	AmbiguousMatchException(String name, List<GroupVersionResource> resources) {
		super("'" + name + "' may mean "
				+ String.join(" or ", resources.stream().map(GroupVersionResource::toString).toList()));
		this.resources = List.copyOf(resources);
	}

	/**
	 * Return what the name may mean.
	 * @return the resources
	 */
	public List<GroupVersionResource> resources() {
		return this.resources;
	}

}
