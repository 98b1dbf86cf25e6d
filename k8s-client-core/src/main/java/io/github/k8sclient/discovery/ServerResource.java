package io.github.k8sclient.discovery;

import java.util.List;
import java.util.Set;

import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;

/**
 * A resource that an API server serves, subresources not among them.
 *
 * @param resource group, version and plural name
 * @param kind group, version and kind of the objects
 * @param singularName the singular name; empty if there is none
 * @param namespaced whether the objects are in namespaces
 * @param verbs what can be done with the objects, such as {@code list} and {@code watch}
 * @param shortNames abbreviations of the name, such as {@code deploy}
 * @param categories groups of resources that the resource belongs to, such as {@code all}
 * @since 0.1.0
 */
public record ServerResource(GroupVersionResource resource, GroupVersionKind kind, String singularName,
		boolean namespaced, Set<String> verbs, List<String> shortNames, List<String> categories) {

	/**
	 * Create a resource.
	 * @param resource group, version and plural name
	 * @param kind group, version and kind of the objects
	 * @param singularName the singular name
	 * @param namespaced whether the objects are in namespaces
	 * @param verbs what can be done with the objects
	 * @param shortNames abbreviations of the name
	 * @param categories groups of resources that the resource belongs to
	 */
	public ServerResource {
		verbs = Set.copyOf(verbs);
		shortNames = List.copyOf(shortNames);
		categories = List.copyOf(categories);
	}

	/**
	 * Return whether objects can be listed and watched, as an informer does.
	 * @return {@code true} if the resource has both verbs
	 */
	public boolean watchable() {
		return this.verbs.contains("list") && this.verbs.contains("watch");
	}

}
