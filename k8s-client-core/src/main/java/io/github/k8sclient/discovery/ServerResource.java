package io.github.k8sclient.discovery;

import java.util.List;
import java.util.Set;

import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import org.jspecify.annotations.Nullable;

/**
 * A resource that an API server serves.
 *
 * @param resource group, version and plural name
 * @param kind group, version and kind of the objects
 * @param singularName the singular name; empty if there is none
 * @param namespaced whether the objects are in namespaces
 * @param verbs what can be done with the objects, such as {@code list} and {@code watch}
 * @param shortNames abbreviations of the name, such as {@code deploy}
 * @param categories groups of resources that the resource belongs to, such as {@code all}
 * @param subresources what is served for each object besides itself
 * @since 0.1.0
 */
public record ServerResource(GroupVersionResource resource, GroupVersionKind kind, String singularName,
		boolean namespaced, Set<String> verbs, List<String> shortNames, List<String> categories,
		List<ServerSubresource> subresources) {

	/**
	 * Create a resource.
	 * @param resource group, version and plural name
	 * @param kind group, version and kind of the objects
	 * @param singularName the singular name
	 * @param namespaced whether the objects are in namespaces
	 * @param verbs what can be done with the objects
	 * @param shortNames abbreviations of the name
	 * @param categories groups of resources that the resource belongs to
	 * @param subresources what is served for each object besides itself
	 */
	public ServerResource {
		verbs = Set.copyOf(verbs);
		shortNames = List.copyOf(shortNames);
		categories = List.copyOf(categories);
		subresources = List.copyOf(subresources);
	}

	/**
	 * Return whether objects can be listed and watched, as an informer does.
	 * @return {@code true} if the resource has both verbs
	 */
	public boolean watchable() {
		return this.verbs.contains("list") && this.verbs.contains("watch");
	}

	/**
	 * Find a subresource.
	 * @param name the name, such as {@code scale}
	 * @return the subresource, {@code null} if the resource has none of that name
	 */
	public @Nullable ServerSubresource subresource(String name) {
		for (ServerSubresource subresource : this.subresources) {
			if (subresource.name().equals(name)) {
				return subresource;
			}
		}
		return null;
	}

}
