package io.github.k8sclient.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * An OpenID Connect provider on this machine, which knows the user {@code alice} only.
 */
final class OpenIdProvider {

	static final String CLIENT_ID = "kubernetes";

	/** What the name of the user begins with in API servers. */
	static final String PREFIX = "oidc:";

	private final ServerCertificate certificate = ServerCertificate.create();

	private final SignedTokens tokens = new SignedTokens();

	private final List<String> renewals = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	private final Path certificateFile;

	private final String token;

	OpenIdProvider() {
		GenericSslContextSpec<?> tls = Http11SslContextSpec.forServer(this.certificate.key(),
				this.certificate.certificate());
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.secure((ssl) -> ssl.sslContext(tls))
			.handle(this::handle)
			.bindNow();
		this.token = token(Duration.ofDays(1));
		try {
			this.certificateFile = Files.write(Files.createTempFile("provider-", ".crt"), certificateAuthority());
			this.certificateFile.toFile().deleteOnExit();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI issuer() {
		return URI.create("https://127.0.0.1:" + this.server.port());
	}

	byte[] certificateAuthority() {
		return this.certificate.pem();
	}

	/**
	 * The token that the provider gives to who asks for a new one.
	 */
	String token() {
		return this.token;
	}

	/**
	 * Make a token that is valid from now on, or was until now.
	 */
	String token(Duration validity) {
		long now = Instant.now().getEpochSecond();
		return this.tokens.sign(ModelCodec.MAPPER.createObjectNode()
			.put("iss", issuer().toString())
			.put("aud", CLIENT_ID)
			.put("sub", "alice")
			.put("iat", now - 3600)
			.put("exp", now + validity.toSeconds()));
	}

	/**
	 * The forms by which clients have asked for new tokens.
	 */
	List<String> renewals() {
		return this.renewals;
	}

	/**
	 * What makes a real API server trust this provider.
	 */
	String[] apiServerFlags() {
		return new String[] { "--oidc-issuer-url=" + issuer(), "--oidc-client-id=" + CLIENT_ID,
				"--oidc-ca-file=" + this.certificateFile, "--oidc-username-claim=sub",
				"--oidc-username-prefix=" + PREFIX, "--oidc-signing-algs=ES256" };
	}

	private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return switch (request.uri()) {
			case "/.well-known/openid-configuration" -> json(response, """
					{"issuer": "%1$s", "jwks_uri": "%1$s/keys", "token_endpoint": "%1$s/token",
					"authorization_endpoint": "%1$s/login", "response_types_supported": ["id_token"],
					"subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["ES256"]}
					""".formatted(issuer()));
			case "/keys" -> json(response, keys());
			case "/token" -> request.receive().aggregate().asString(StandardCharsets.UTF_8).flatMap((form) -> {
				this.renewals.add(form);
				return json(response, "{\"id_token\": \"%s\", \"refresh_token\": \"next\", \"token_type\": \"Bearer\"}"
					.formatted(this.token));
			});
			default -> response.sendNotFound();
		};
	}

	private String keys() {
		ECPublicKey key = (ECPublicKey) this.tokens.keys().getPublic();
		return """
				{"keys": [{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "x": "%s", "y": "%s"}]}
				""".formatted(coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
	}

	private static String coordinate(BigInteger value) {
		byte[] bytes = new byte[32];
		BigInteger rest = value;
		for (int i = bytes.length - 1; i >= 0; i--) {
			bytes[i] = rest.byteValue();
			rest = rest.shiftRight(8);
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static Mono<Void> json(HttpServerResponse response, String body) {
		return response.header("content-type", "application/json").sendString(Mono.just(body)).then();
	}

}
