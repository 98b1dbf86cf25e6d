package io.github.k8sclient.discovery;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Reads the OpenAPI v3 documents of an API server, one for each group and version. The
 * index tells the address of each document, which has a new hash whenever the document
 * changes: a document that was read is remembered as long as its address is the same.
 * <p>
 * What the methods return does nothing until subscription, and fails with a
 * {@link KubernetesException} when the server refuses or cannot be reached; with a
 * {@link io.github.k8sclient.NotFoundException} by servers before 1.24, which have no
 * such documents.
 * <p>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenApiClient {

	private static final JsonMapper mapper = JsonMapper.shared();

	private final RESTClient restClient;

	private final Map<String, Document> documents = new ConcurrentHashMap<>();

	private OpenApiClient(RESTClient restClient) {
		Assert.notNull(restClient, "'restClient' must not be null");
		this.restClient = restClient;
	}

	/**
	 * Create a client over the connections of a REST client.
	 * @param restClient sends the requests
	 * @return a new client
	 */
	public static OpenApiClient create(RESTClient restClient) {
		return new OpenApiClient(restClient);
	}

	/**
	 * Ask which documents there are.
	 * @return the addresses of the documents, relative to the server, by what they are
	 * of: {@code api/v1}, {@code apis/apps/v1}, {@code version} and so on
	 */
	public Mono<Map<String, URI>> paths() {
		return read(this.restClient.get().absPath("/openapi/v3"), "/openapi/v3").map(OpenApiClient::addresses);
	}

	private static Map<String, URI> addresses(JsonNode index) {
		Map<String, URI> addresses = new LinkedHashMap<>();
		index.path("paths")
			.propertyStream()
			.forEach((path) -> addresses.put(path.getKey(),
					URI.create(path.getValue().path("serverRelativeURL").asString(""))));
		return Map.copyOf(addresses);
	}

	/**
	 * Read the document of a group and version.
	 * @param groupVersion the group and version
	 * @return the document
	 * @see #document(String)
	 */
	public Mono<JsonNode> document(GroupVersion groupVersion) {
		Assert.notNull(groupVersion, "'groupVersion' must not be null");
		return document((groupVersion.group().isEmpty() ? "api/" : "apis/") + groupVersion);
	}

	/**
	 * Read a document.
	 * @param path what it is of, as {@link #paths()} names it
	 * @return the document, not to be changed; empty if there is none of that name
	 */
	public Mono<JsonNode> document(String path) {
		Assert.hasText(path, "'path' must not be empty");
		return paths().flatMap((addresses) -> {
			URI address = addresses.get(path);
			return (address != null) ? document(path, address) : Mono.empty();
		});
	}

	private Mono<JsonNode> document(String path, URI address) {
		Document known = this.documents.get(path);
		if (known != null && known.address().equals(address)) {
			return Mono.just(known.content());
		}
		UriComponents parts = UriComponentsBuilder.fromUri(address).build();
		Request request = this.restClient.get().absPath(String.valueOf(parts.getPath()));
		parts.getQueryParams().forEach((name, values) -> values.forEach((value) -> request.param(name, value)));
		return read(request, String.valueOf(parts.getPath()))
			.doOnNext((content) -> this.documents.put(path, new Document(address, content)));
	}

	private static Mono<JsonNode> read(Request request, String path) {
		return request.raw().map((json) -> parse(json, path));
	}

	private static JsonNode parse(byte[] json, String path) {
		try {
			return mapper.readTree(json);
		}
		catch (JacksonException ex) {
			throw new KubernetesException("GET " + path + ": the response is not JSON", ex);
		}
	}

	/**
	 * Forget the documents that were read.
	 */
	public void invalidate() {
		this.documents.clear();
	}

	@Override
	public String toString() {
		return "OpenApiClient[" + this.restClient + "]";
	}

	/**
	 * A document that was read.
	 *
	 * @param address where it was read, with the hash
	 * @param content what was read
	 */
	private record Document(URI address, JsonNode content) {

	}

}
