package io.github.k8sclient.test;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param method the HTTP method
 * @param path the path as it was sent
 * @param parameters the parameters of the query
 * @param accept the header {@code Accept}, null if absent
 * @param contentType the header {@code Content-Type}, null if absent
 * @param body the body, empty if there is none
 */
record ApiRequest(String method, String path, QueryParameters parameters, @Nullable String accept,
		@Nullable String contentType, byte[] body) {

}
