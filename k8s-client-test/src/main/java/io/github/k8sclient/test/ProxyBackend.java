package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What stands behind a service, pod or node: answers the requests that the API server
 * passes on to it.
 *
 * @since 0.1.0
 * @see EmbeddedApiServer#backend(String, String, String, ProxyBackend)
 */
@FunctionalInterface
public interface ProxyBackend {

	/**
	 * Answer a request. It is called on a thread of the server and must not block.
	 * @param request the request
	 * @return the answer
	 */
	Answer answer(Request request);

	/**
	 * A request that was passed on.
	 *
	 * @param method the HTTP method
	 * @param scheme {@code http} or {@code https}, null if the client did not say
	 * @param port the number or name of the port, null if the client did not say
	 * @param path the path with the query, from the first slash on
	 * @param body the body, empty if there is none
	 */
	record Request(String method, @Nullable String scheme, @Nullable String port, String path, byte[] body) {

		/**
		 * The body as text.
		 * @return the text
		 */
		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other == this || (other instanceof Request request && toString().equals(request.toString())
					&& Arrays.equals(this.body, request.body));
		}

		@Override
		public int hashCode() {
			return toString().hashCode();
		}

		@Override
		public String toString() {
			return "%s %s of %s:%s".formatted(this.method, this.path, this.scheme, this.port);
		}

	}

	/**
	 * An answer.
	 *
	 * @param code the HTTP status code
	 * @param contentType the media type of the body
	 * @param body the body
	 */
	record Answer(int code, String contentType, byte[] body) {

		/**
		 * Check the parts.
		 */
		public Answer {
			Assert.notNull(contentType, "'contentType' must not be null");
			Assert.notNull(body, "'body' must not be null");
		}

		/**
		 * Answer with text.
		 * @param code the HTTP status code
		 * @param text the text
		 * @return the answer
		 */
		public static Answer text(int code, String text) {
			Assert.notNull(text, "'text' must not be null");
			return new Answer(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other == this || (other instanceof Answer answer && toString().equals(answer.toString())
					&& Arrays.equals(this.body, answer.body));
		}

		@Override
		public int hashCode() {
			return toString().hashCode();
		}

		@Override
		public String toString() {
			return "%d %s".formatted(this.code, this.contentType);
		}

	}

}
