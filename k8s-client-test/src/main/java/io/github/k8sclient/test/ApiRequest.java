package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 */
final class ApiRequest {

	private static final String BEARER = "Bearer ";

	private final String method;

	private final String path;

	private final @Nullable String query;

	private final QueryParameters parameters;

	private final HttpHeaders headers;

	private final byte[] body;

	private final List<X509Certificate> certificates;

	private final List<String> warnings = new ArrayList<>();

	private ApiUser user = ApiUser.ADMINISTRATOR;

	/**
	 * Take a request.
	 * @param method the HTTP method
	 * @param uri the path as it was sent, with the query
	 * @param headers the headers
	 * @param body the body, empty if there is none
	 * @param certificates the certificate that the client has shown and those that go
	 * with it, empty if there is none; none of them has been checked
	 * @throws IllegalArgumentException if the query is no query
	 */
	ApiRequest(String method, String uri, HttpHeaders headers, byte[] body, List<X509Certificate> certificates) {
		int question = uri.indexOf('?');
		this.method = method;
		this.path = (question < 0) ? uri : uri.substring(0, question);
		this.query = (question < 0) ? null : uri.substring(question + 1);
		this.parameters = QueryParameters.parse(this.query);
		this.headers = headers;
		this.body = body;
		this.certificates = certificates;
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

	Set<String> headerNames() {
		return this.headers.names();
	}

	/**
	 * The text of a header.
	 * @param name the name of the header
	 * @return its value, null if there is none or an empty one
	 */
	@Nullable String text(String name) {
		return texts(name).stream().findFirst().filter((text) -> !text.isEmpty()).orElse(null);
	}

	/**
	 * The texts of a header.
	 * @param name the name of the header
	 * @return its values
	 */
	List<String> texts(String name) {
		// each char is a byte of the text
		return this.headers.getAll(name)
			.stream()
			.map((value) -> new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
			.toList();
	}

	/**
	 * The token by which the client wants to be known.
	 * @return the token, null if there is none
	 */
	@Nullable String bearerToken() {
		String header = header(HttpHeaderNames.AUTHORIZATION);
		return (header != null && header.startsWith(BEARER)) ? header.substring(BEARER.length()).trim() : null;
	}

	List<X509Certificate> certificates() {
		return this.certificates;
	}

	/**
	 * For whom the request is.
	 * @return the user, as far as it was found out
	 */
	ApiUser user() {
		return this.user;
	}

	void identify(ApiUser user) {
		this.user = user;
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
