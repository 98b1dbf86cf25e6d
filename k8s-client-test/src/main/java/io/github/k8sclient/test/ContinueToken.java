package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a list that is read in pages goes on, in the format of the API server.
 *
 * @param revision the revision of the first page, -1 to go on with the present state
 * @param start the first key of the next page, without the prefix of the namespace
 */
record ContinueToken(long revision, String start) {

	private static final String VERSION = "meta.k8s.io/v1";

	static ContinueToken parse(String text) {
		byte[] json;
		try {
			json = Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("illegal base64 data");
		}
		JsonNode token;
		try {
			token = ModelCodec.MAPPER.readTree(json);
		}
		catch (JacksonException ex) {
			throw invalid("invalid character");
		}
		if (!token.path("v").asString("").equals(VERSION)) {
			throw invalid("server does not recognize this encoded version " + token.path("v"));
		}
		String start = token.path("start").asString("");
		if (token.path("rv").asLong(0) == 0 || start.isEmpty()) {
			throw invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
		}
		return new ContinueToken(token.get("rv").asLong(), start);
	}

	String encode() {
		ObjectNode token = ModelCodec.MAPPER.createObjectNode();
		token.put("v", VERSION);
		token.put("rv", this.revision);
		token.put("start", this.start);
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(token.toString().getBytes(StandardCharsets.UTF_8));
	}

	private static StatusException invalid(String reason) {
		return Statuses.badRequest("invalid continue token: continue key is not valid: " + reason);
	}

}
