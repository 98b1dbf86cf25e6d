package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 */
final class ApiRequest {

	private final String method;

	private final String path;

	private final @Nullable String query;

	private final QueryParameters parameters;

	private final HttpHeaders headers;

	private final byte[] body;

	private final List<String> warnings = new ArrayList<>();

	/**
	 * Take a request.
	 * @param method the HTTP method
	 * @param uri the path as it was sent, with the query
	 * @param headers the headers
	 * @param body the body, empty if there is none
	 * @throws IllegalArgumentException if the query is no query
	 */
	ApiRequest(String method, String uri, HttpHeaders headers, byte[] body) {
		int question = uri.indexOf('?');
		this.method = method;
		this.path = (question < 0) ? uri : uri.substring(0, question);
		this.query = (question < 0) ? null : uri.substring(question + 1);
		this.parameters = QueryParameters.parse(this.query);
		this.headers = headers;
		this.body = body;
	}

	String method() {
		return this.method;
	}

	/**
	 * The path as it was sent, without the query.
	 * @return the path
	 */
	String path() {
		return this.path;
	}

	/**
	 * The query as it was sent.
	 * @return the query, null if there is none
	 */
	@Nullable String query() {
		return this.query;
	}

	QueryParameters parameters() {
		return this.parameters;
	}

	@Nullable String header(CharSequence name) {
		return this.headers.get(name);
	}

	@Nullable String accept() {
		return header(HttpHeaderNames.ACCEPT);
	}

	byte[] body() {
		return this.body;
	}

	/**
	 * The media type of the body without its parameters.
	 * @return the media type, empty if it is not said
	 */
	String mediaType() {
		String type = header(HttpHeaderNames.CONTENT_TYPE);
		return (type != null) ? type.split(";")[0].trim().toLowerCase(Locale.ROOT) : "";
	}

	boolean isApply() {
		return this.method.equals("PATCH") && mediaType().equals("application/apply-patch+yaml");
	}

	/**
	 * Warn the client, beside the answer.
	 * @param text the warning
	 */
	void warn(String text) {
		this.warnings.add(text);
	}

	List<String> warnings() {
		return this.warnings;
	}

}
