package io.github.k8sclient.codegen;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A resource that a server offers for a kind.
 *
 * @param plural the name of the resource
 * @param namespaced whether it lives in a namespace
 * @param status whether it has the status subresource
 * @param verbs the verbs, as discovery spells them
 * @param subresources the other subresources of the Go client, sorted
 * @param methods the methods of the Go client for subresources
 * @param expanded whether the client has methods written by hand
 */
record ApiResource(String plural, boolean namespaced, boolean status, List<String> verbs, List<String> subresources,
		List<Method> methods, boolean expanded) {

	/**
	 * Whether all that a client can do is to create: a question to the server, not an
	 * object that it keeps.
	 * @return {@code true} for reviews
	 */
	boolean createOnly() {
		return this.verbs.equals(List.of("create"));
	}

	/**
	 * A method for a subresource.
	 *
	 * @param name the name in Go, such as {@code UpdateScale}
	 * @param verb the verb, such as {@code update}
	 * @param subresource the subresource, such as {@code scale}
	 * @param input what is sent, {@code null} for the object itself
	 * @param result what is answered, {@code null} for the object itself
	 */
	record Method(String name, String verb, String subresource, @Nullable TypeName input, @Nullable TypeName result) {
	}

}
