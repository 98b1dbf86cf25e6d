package io.github.k8sclient.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes tokens of service accounts, with the claims of the real ones, and finds out whose
 * tokens they are. A token is valid until it expires, and no longer than its service
 * account and the object that it is bound to, if any.
 */
final class ServiceAccountTokens {

	private static final String ISSUER = "https://kubernetes.default.svc";

	private static final String PREFIX = "authentication.kubernetes.io/";

	private static final long DEFAULT_EXPIRATION = 3600;

	private static final long SHORTEST_EXPIRATION = 600;

	private static final long LONGEST_EXPIRATION = 1L << 32;

	// for clocks that differ; deletions count after it as well
	private static final Duration LEEWAY = Duration.ofMinutes(1);

	private final BoundObjects objects;

	private final Clock clock;

	private final SignedTokens tokens = new SignedTokens();

	ServiceAccountTokens(BoundObjects objects, Clock clock) {
		this.objects = objects;
		this.clock = clock;
	}

	/**
	 * Make a token.
	 * @param account the service account
	 * @param request what is wanted
	 * @return the request with the token
	 * @throws StatusException 404, 409 or 422 if the token cannot be made
	 */
	ObjectNode answer(StoredObject account, ObjectNode request) {
		JsonNode metadata = account.metadata();
		ObjectNode spec = Trees.object(request, "spec");
		check(metadata, request.path("metadata"), spec);
		if (spec.path("audiences").isEmpty()) {
			ApiUsers.AUDIENCES.forEach(spec.putArray("audiences")::add);
		}
		if (!spec.has("expirationSeconds")) {
			spec.put("expirationSeconds", DEFAULT_EXPIRATION);
		}
		Instant now = Instant.now(this.clock).truncatedTo(ChronoUnit.SECONDS);
		Instant expiration = now.plusSeconds(spec.path("expirationSeconds").asLong());
		ObjectNode claims = claims(metadata, (ArrayNode) spec.path("audiences"), now, expiration);
		this.objects.bind(metadata, spec.path("boundObjectRef"), (ObjectNode) claims.path("kubernetes.io"));
		ObjectNode answer = ModelCodec.MAPPER.createObjectNode();
		answer.put("kind", "TokenRequest");
		answer.put("apiVersion", "authentication.k8s.io/v1");
		ObjectNode own = answer.putObject("metadata");
		List.of("name", "namespace", "uid").forEach((member) -> Trees.copy(own, member, metadata));
		own.put("creationTimestamp", now.toString());
		answer.set("spec", spec);
		ObjectNode status = answer.putObject("status");
		status.put("token", this.tokens.sign(claims));
		status.put("expirationTimestamp", expiration.toString());
		return answer;
	}

	private static void check(JsonNode account, JsonNode metadata, ObjectNode spec) {
		String name = account.path("name").asString("");
		for (String member : List.of("name", "namespace")) {
			String wanted = Trees.text(metadata, member);
			if (wanted != null && !wanted.equals(account.path(member).asString(""))) {
				throw invalid(name, FieldError.invalid("metadata." + member, FieldError.quote(wanted),
						"must match the service account %s if specified".formatted(member)));
			}
		}
		long expiration = spec.path("expirationSeconds").asLong(DEFAULT_EXPIRATION);
		if (expiration < SHORTEST_EXPIRATION || expiration > LONGEST_EXPIRATION) {
			throw invalid("",
					FieldError.invalid("spec.expirationSeconds", Long.toString(expiration),
							(expiration < SHORTEST_EXPIRATION) ? "may not specify a duration less than 10 minutes"
									: "may not specify a duration larger than 2^32 seconds"));
		}
	}

	private static StatusException invalid(String name, FieldError error) {
		return Statuses.invalid("authentication.k8s.io", "TokenRequest", name, List.of(error));
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
		claims.put("sub", ApiUser.serviceAccount(namespace, name));
		return claims;
	}

	/**
	 * Whether a token says that it is one of these.
	 * @param token the token
	 * @return whether it names the same issuer; it may not be valid all the same
	 */
	boolean isMeant(String token) {
		ObjectNode claims = SignedTokens.read(token);
		return claims != null && claims.path("iss").asString("").equals(ISSUER);
	}

	/**
	 * Find out whose token it is.
	 * @param token the token
	 * @param audiences what the token has to be for, one of them
	 * @return the service account, null if the token is not valid
	 */
	@Nullable ApiUser find(String token, List<String> audiences) {
		ObjectNode claims = SignedTokens.read(token);
		if (claims == null || !this.tokens.isSigned(token) || !isCurrent(claims)
				|| Trees.texts(claims, "aud").stream().noneMatch(audiences::contains)) {
			return null;
		}
		JsonNode bound = claims.path("kubernetes.io");
		Instant deletedBefore = Instant.now(this.clock).minus(LEEWAY);
		return this.objects.exist(bound, deletedBefore) ? user(bound, claims.path("jti").asString("")) : null;
	}

	/**
	 * The audiences of a token.
	 * @param token a valid token
	 * @return what it is for
	 */
	static List<String> audiences(String token) {
		ObjectNode claims = SignedTokens.read(token);
		return (claims != null) ? Trees.texts(claims, "aud") : List.of();
	}

	private boolean isCurrent(ObjectNode claims) {
		Instant now = Instant.now(this.clock);
		return !now.minus(LEEWAY).isAfter(Instant.ofEpochSecond(claims.path("exp").asLong()))
				&& !now.plus(LEEWAY).isBefore(Instant.ofEpochSecond(claims.path("nbf").asLong()));
	}

	private static ApiUser user(JsonNode bound, String id) {
		String namespace = bound.path("namespace").asString("");
		JsonNode account = bound.path("serviceaccount");
		Map<String, List<String>> extra = new TreeMap<>();
		extra.put(PREFIX + "credential-id", List.of("JTI=" + id));
		for (String kind : List.of("pod", "node")) {
			for (String member : List.of("name", "uid")) {
				String value = Trees.text(bound.path(kind), member);
				if (value != null) {
					extra.put(PREFIX + kind + "-" + member, List.of(value));
				}
			}
		}
		return ApiUser.authenticated(ApiUser.serviceAccount(namespace, account.path("name").asString("")),
				account.path("uid").asString(""), new ArrayList<>(ApiUser.serviceAccountGroups(namespace)), extra);
	}

}
