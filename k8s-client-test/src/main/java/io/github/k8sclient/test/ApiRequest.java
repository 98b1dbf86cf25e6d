package io.github.k8sclient.test;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param method the HTTP method
 * @param path the path as it was sent
 * @param parameters the parameters of the query
 * @param accept the header {@code Accept}, null if absent
 * @param contentType the header {@code Content-Type}, null if absent
 * @param userAgent the header {@code User-Agent}, null if absent
 * @param body the body, empty if there is none
 */
record ApiRequest(String method, String path, QueryParameters parameters, @Nullable String accept,
		@Nullable String contentType, @Nullable String userAgent, byte[] body) {

	/**
	 * The media type of the body without its parameters.
	 * @return the media type, empty if it is not said
	 */
	String mediaType() {
		return (this.contentType != null) ? this.contentType.split(";")[0].trim().toLowerCase(Locale.ROOT) : "";
	}

	boolean isApply() {
		return this.method.equals("PATCH") && mediaType().equals("application/apply-patch+yaml");
	}

}
