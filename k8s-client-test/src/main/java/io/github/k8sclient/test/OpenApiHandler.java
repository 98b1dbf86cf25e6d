package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.meta.GroupVersion;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests for OpenAPI documents (KEP-2896): a list of them, and one for each
 * group and version. They are written in JSON only.
 */
final class OpenApiHandler {

	private static final String ROOT = "/openapi/v3";

	private final ResourceCatalog catalog;

	// those of built-in resources, which stay the same
	private final Map<GroupVersion, byte[]> builtIn = new ConcurrentHashMap<>();

	OpenApiHandler(ResourceCatalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * Whether a request is for such a document.
	 * @param path the path
	 * @return whether it is
	 */
	static boolean isMeant(String path) {
		return path.equals(ROOT) || path.startsWith(ROOT + "/");
	}

	ApiResponse handle(ApiRequest request) {
		if (request.path().equals(ROOT)) {
			return ApiResponse.text(200, index().toString());
		}
		String wanted = request.path().substring(ROOT.length() + 1);
		return this.catalog.versions()
			.stream()
			.filter((version) -> OpenApiDocument.path(version).equals(wanted))
			.findFirst()
			.map((version) -> answer(request, document(version)))
			.orElse(ApiResponse.of(404, "text/plain", new byte[0]));
	}

	private ObjectNode index() {
		ObjectNode index = ModelCodec.MAPPER.createObjectNode();
		ObjectNode paths = index.putObject("paths");
		for (GroupVersion version : this.catalog.versions()) {
			String path = OpenApiDocument.path(version);
			paths.putObject(path).put("serverRelativeURL", address(path, hash(document(version))));
		}
		return index;
	}

	private static String address(String path, String hash) {
		return ROOT + "/" + path + "?hash=" + hash;
	}

	private byte[] document(GroupVersion version) {
		List<ServedResource> resources = this.catalog.resources(version);
		if (resources.stream().anyMatch(ServedResource::isCustom)) {
			return write(version, resources);
		}
		return this.builtIn.computeIfAbsent(version, (key) -> write(key, resources));
	}

	private static byte[] write(GroupVersion version, List<ServedResource> resources) {
		return OpenApiDocument.of(version, resources).toString().getBytes(StandardCharsets.UTF_8);
	}

	private static ApiResponse answer(ApiRequest request, byte[] document) {
		if (!isAccepted(request.accept())) {
			return ApiResponse.of(406, "text/plain", new byte[0]).withHeader("Vary", "Accept");
		}
		String hash = hash(document);
		String wanted = request.parameters().text("hash");
		String tag = "\"" + hash + "\"";
		ApiResponse answer = ApiResponse.of(200, Encoding.JSON.mediaType(), document);
		if (wanted != null && !wanted.equals(hash)) {
			// what the client has in mind is no more
			answer = ApiResponse.of(301, Encoding.JSON.mediaType(), new byte[0])
				.withHeader("Location", request.path() + "?hash=" + hash);
		}
		else if (tag.equals(request.header(HttpHeaderNames.IF_NONE_MATCH))) {
			answer = ApiResponse.of(304, Encoding.JSON.mediaType(), new byte[0]);
		}
		return answer.withHeader("ETag", tag).withHeader("Vary", "Accept");
	}

	private static boolean isAccepted(@Nullable String accept) {
		if (accept == null || accept.isBlank()) {
			return true;
		}
		for (String clause : accept.toLowerCase(Locale.ROOT).split(",")) {
			if (List.of("*/*", "application/*", "application/json").contains(clause.split(";")[0].trim())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The hash of a document.
	 * @param document the document
	 * @return its SHA-512 in capital letters
	 */
	static String hash(byte[] document) {
		try {
			return HexFormat.of().withUpperCase().formatHex(MessageDigest.getInstance("SHA-512").digest(document));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-512", ex);
		}
	}

}
