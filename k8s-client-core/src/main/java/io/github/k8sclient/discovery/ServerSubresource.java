package io.github.k8sclient.discovery;

import java.util.Set;

import io.github.k8sclient.meta.GroupVersionKind;

/**
 * A subresource that an API server serves, such as {@code status} or {@code scale}.
 *
 * @param name the name behind the name of the object
 * @param kind group, version and kind of what is read and written there, which need not
 * be those of the resource
 * @param verbs what can be done with it
 * @since 0.1.0
 */
public record ServerSubresource(String name, GroupVersionKind kind, Set<String> verbs) {

	/**
	 * Create a subresource.
	 * @param name the name behind the name of the object
	 * @param kind group, version and kind of what is read and written there
	 * @param verbs what can be done with it
	 */
	public ServerSubresource {
		verbs = Set.copyOf(verbs);
	}

}
