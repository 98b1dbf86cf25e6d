package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes tokens of service accounts: JSON web tokens with the claims of the real ones,
 * signed with a key that nobody else knows.
 */
final class ServiceAccountTokens {

	private static final String ISSUER = "https://kubernetes.default.svc";

	private static final long DEFAULT_EXPIRATION = 3600;

	private static final long SHORTEST_EXPIRATION = 600;

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private final Clock clock;

	private @Nullable KeyPair keys;

	ServiceAccountTokens(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Make a token.
	 * @param account the service account
	 * @param request what is wanted
	 * @return the request with the token
	 * @throws StatusException 422 if the token cannot be made
	 */
	ObjectNode answer(StoredObject account, ObjectNode request) {
		JsonNode metadata = account.metadata();
		ObjectNode spec = Trees.object(request, "spec");
		check(metadata, request.path("metadata"), spec);
		if (spec.path("audiences").isEmpty()) {
			spec.putArray("audiences").add("api");
		}
		if (!spec.has("expirationSeconds")) {
			spec.put("expirationSeconds", DEFAULT_EXPIRATION);
		}
		Instant now = Instant.now(this.clock).truncatedTo(ChronoUnit.SECONDS);
		Instant expiration = now.plusSeconds(spec.path("expirationSeconds").asLong());
		ObjectNode answer = ModelCodec.MAPPER.createObjectNode();
		answer.put("kind", "TokenRequest");
		answer.put("apiVersion", "authentication.k8s.io/v1");
		ObjectNode own = answer.putObject("metadata");
		List.of("name", "namespace", "uid").forEach((member) -> Trees.copy(own, member, metadata));
		own.put("creationTimestamp", now.toString());
		answer.set("spec", spec);
		ObjectNode status = answer.putObject("status");
		status.put("token", sign(claims(metadata, (ArrayNode) spec.path("audiences"), now, expiration)));
		status.put("expirationTimestamp", expiration.toString());
		return answer;
	}

	private static void check(JsonNode account, JsonNode metadata, ObjectNode spec) {
		String name = Trees.text(metadata, "name");
		if (name != null && !name.equals(account.path("name").asString())) {
			throw invalid(FieldError.invalid("metadata.name", FieldError.quote(name),
					"must match the service account name if specified"));
		}
		long expiration = spec.path("expirationSeconds").asLong(DEFAULT_EXPIRATION);
		if (expiration < SHORTEST_EXPIRATION) {
			throw invalid(FieldError.invalid("spec.expirationSeconds", Long.toString(expiration),
					"may not specify a duration less than 10 minutes"));
		}
	}

	private static StatusException invalid(FieldError error) {
		return Statuses.invalid("authentication.k8s.io", "TokenRequest", "", List.of(error));
	}

	private static ObjectNode claims(JsonNode account, ArrayNode audiences, Instant now, Instant expiration) {
		String namespace = account.path("namespace").asString("");
		String name = account.path("name").asString("");
		ObjectNode claims = ModelCodec.MAPPER.createObjectNode();
		claims.set("aud", audiences);
		claims.put("exp", expiration.getEpochSecond());
		claims.put("iat", now.getEpochSecond());
		claims.put("iss", ISSUER);
		claims.put("jti", UUID.randomUUID().toString());
		ObjectNode kubernetes = claims.putObject("kubernetes.io");
		kubernetes.put("namespace", namespace);
		ObjectNode serviceAccount = kubernetes.putObject("serviceaccount");
		serviceAccount.put("name", name);
		serviceAccount.put("uid", account.path("uid").asString(""));
		claims.put("nbf", now.getEpochSecond());
		claims.put("sub", "system:serviceaccount:%s:%s".formatted(namespace, name));
		return claims;
	}

	private String sign(ObjectNode claims) {
		String content = encode("{\"alg\":\"ES256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII)) + "."
				+ encode(claims.toString().getBytes(StandardCharsets.UTF_8));
		try {
			Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
			signature.initSign(keys().getPrivate());
			signature.update(content.getBytes(StandardCharsets.US_ASCII));
			return content + "." + encode(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java cannot sign tokens", ex);
		}
	}

	private static String encode(byte[] part) {
		return ENCODER.encodeToString(part);
	}

	private synchronized KeyPair keys() throws GeneralSecurityException {
		KeyPair keys = this.keys;
		if (keys == null) {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			keys = generator.generateKeyPair();
			this.keys = keys;
		}
		return keys;
	}

}
