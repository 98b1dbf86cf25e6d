package io.github.k8sclient.codegen;

import java.util.List;

/**
 * A resource that a server offers for a kind.
 *
 * @param plural the name of the resource
 * @param namespaced whether it lives in a namespace
 * @param status whether it has the status subresource
 * @param verbs the verbs, as discovery spells them
 * @param subresources the other subresources of the Go client, sorted
 */
record ApiResource(String plural, boolean namespaced, boolean status, List<String> verbs, List<String> subresources) {

	/**
	 * Whether all that a client can do is to create: a question to the server, not an
	 * object that it keeps.
	 * @return {@code true} for reviews
	 */
	boolean createOnly() {
		return this.verbs.equals(List.of("create"));
	}

}
