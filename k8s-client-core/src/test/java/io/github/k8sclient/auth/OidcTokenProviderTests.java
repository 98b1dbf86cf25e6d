package io.github.k8sclient.auth;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.github.k8sclient.config.CapturedLog;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.KubeConfig;
import io.github.k8sclient.config.OidcSession;
import io.github.k8sclient.config.TlsConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When tokens of OpenID Connect are renewed, and what becomes of them.
 */
class OidcTokenProviderTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final SettableClock clock = new SettableClock();

	private final Instant start = this.clock.instant();

	private final List<String> refreshTokens = new ArrayList<>();

	private Mono<OidcTokens> answer = Mono
		.fromSupplier(() -> new OidcTokens(jwt(this.clock.instant().plusSeconds(3600)), null));

	@TempDir
	private Path folder;

	@Test
	void usesTokenUntilTenSecondsBeforeItsEnd() {
		String first = jwt(this.start.plusSeconds(100));
		OidcTokenProvider provider = provider(first, "r1", null);

		assertThat(token(provider)).isEqualTo(first);
		this.clock.advance(Duration.ofMillis(89_999));
		assertThat(token(provider)).isEqualTo(first);
		assertThat(this.refreshTokens).isEmpty();

		this.clock.advance(Duration.ofMillis(1));
		assertThat(token(provider)).isEqualTo(jwt(this.clock.instant().plusSeconds(3600)));
		assertThat(this.refreshTokens).containsExactly("r1");
	}

	@Test
	void getsTokenWhenThereIsNoneYet() {
		assertThat(token(provider(null, "r1", null))).isEqualTo(jwt(this.start.plusSeconds(3600)));
	}

	@Test
	void renewsTokenWithoutExpiry() {
		String forever = "e30." + base64("{\"exp\": null}") + ".x";

		assertThat(token(provider(forever, "r1", null))).isNotEqualTo(forever);
	}

	@Test
	void takesExpiryWithFraction() {
		String token = "e30." + base64("{\"exp\": " + this.start.plusSeconds(60).getEpochSecond() + ".5}") + ".x";

		assertThat(token(provider(token, "r1", null))).isEqualTo(token);
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret", "a.secret", "a.*secret*.c", "a.c2VjcmV0.c" })
	void refusesTokenThatIsNoJwt(String token) {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> token(provider(token, "r1", null)))
			.withMessageContaining("no JSON web token")
			.withMessageNotContaining("secret");
	}

	@Test
	void saysThatItCannotRenewWithoutRefreshToken() {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> token(provider(jwt(this.start), null, null)))
			.withMessageContaining("https://login.example.com")
			.withMessageContaining("have expired, and there is no refresh-token");
	}

	@Test
	void usesNewRefreshTokenNextTime() {
		this.answer = Mono.fromSupplier(() -> new OidcTokens(jwt(this.clock.instant().plusSeconds(60)), "r2"));
		OidcTokenProvider provider = provider(null, "r1", null);

		token(provider);
		this.clock.advance(Duration.ofMinutes(1));
		token(provider);

		assertThat(this.refreshTokens).containsExactly("r1", "r2");
	}

	@Test
	void callersShareOneRenewalWhichNobodyCanCancel() {
		Sinks.One<OidcTokens> sink = Sinks.one();
		this.answer = sink.asMono();
		OidcTokenProvider provider = provider(null, "r1", null);
		provider.token().subscribe().dispose();
		Mono<List<String>> tokens = Flux.range(0, 20).flatMap((i) -> provider.token(), 20).collectList().cache();
		tokens.subscribe();
		String token = jwt(this.start.plusSeconds(60));

		sink.tryEmitValue(new OidcTokens(token, null)).orThrow();

		assertThat(tokens.block(TIMEOUT)).hasSize(20).containsOnly(token);
		assertThat(this.refreshTokens).containsExactly("r1");
	}

	@Test
	void failureIsNotKept() {
		Mono<OidcTokens> working = this.answer;
		OidcTokenProvider provider = provider(null, "r1", null);
		this.answer = Mono.error(new ConfigurationException("no", "no"));
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> token(provider));

		this.answer = working;

		assertThat(token(provider)).isNotEmpty();
	}

	@Test
	void refusedTokenIsRenewedEvenBeforeItsEnd() {
		String first = jwt(this.start.plusSeconds(3600));
		OidcTokenProvider provider = provider(first, "r1", null);
		this.clock.advance(Duration.ofSeconds(1));

		assertThat(provider.invalidate(first)).isTrue();

		assertThat(token(provider)).isNotEqualTo(first);
		assertThat(provider.invalidate(first)).as("is renewed already").isTrue();
		assertThat(this.refreshTokens).hasSize(1);
	}

	@Test
	void refusalOfTokenThatWasJustRenewedIsTheAnswer() {
		OidcTokenProvider provider = provider(null, "r1", null);
		String token = token(provider);

		assertThat(provider.invalidate(token)).isFalse();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(provider.invalidate(token)).isTrue();
	}

	@Test
	void refusalWithoutRefreshTokenIsTheAnswer() {
		String token = jwt(this.start.plusSeconds(3600));

		assertThat(provider(token, null, null).invalidate(token)).isFalse();
	}

	@Test
	void writesRenewedTokensBackAndNothingElse() throws IOException {
		this.answer = Mono.just(new OidcTokens(jwt(this.start.plusSeconds(60)), "r2"));
		Path file = Files.writeString(this.folder.resolve("config"), """
				users:
				- name: other
				  user:
				    token: abc
				- name: joe
				  user:
				    auth-provider:
				      name: oidc
				      config:
				        client-id: kubernetes
				        refresh-token: r1
				        future: kept
				apiVersion: v1
				kind: Config
				""");

		token(provider(null, "r1", new OidcSession.Origin(file, "joe")));

		assertThat(file).hasContent("""
				users:
				- name: other
				  user:
				    token: abc
				- name: joe
				  user:
				    auth-provider:
				      name: oidc
				      config:
				        client-id: kubernetes
				        refresh-token: r2
				        future: kept
				        id-token: %s
				apiVersion: v1
				kind: Config
				""".formatted(jwt(this.start.plusSeconds(60))));
		assertThat(KubeConfig.read(file).users().get("joe").authProvider()).isEqualTo("oidc");
	}

	@Test
	void goesOnInMemoryWhenFileCannotBeWritten() {
		OidcSession.Origin origin = new OidcSession.Origin(this.folder.resolve("missing"), "joe");
		OidcTokenProvider provider = provider(null, "r1", origin);

		try (CapturedLog log = CapturedLog.of(OidcTokenProvider.class)) {
			String token = token(provider);
			assertThat(token(provider)).isEqualTo(token);
			assertThat(log.warnings()).singleElement().asString().contains("in memory only", "missing");
		}
	}

	@Test
	void showsNoToken() {
		assertThat(provider("secret", "secret", null).toString()).doesNotContain("secret");
		assertThat(new OidcTokens("secret", "secret").toString()).doesNotContain("secret");
	}

	private OidcTokenProvider provider(@Nullable String idToken, @Nullable String refreshToken,
			OidcSession.@Nullable Origin origin) {
		OidcSession session = new OidcSession(URI.create("https://login.example.com"), "kubernetes", null, idToken,
				refreshToken, TlsConfiguration.defaults(), null, origin);
		return new OidcTokenProvider(session, (token) -> {
			this.refreshTokens.add(token);
			return this.answer;
		}, this.clock, Schedulers.immediate());
	}

	private static String token(TokenProvider provider) {
		return provider.token().block(TIMEOUT);
	}

	private static String jwt(Instant expiry) {
		return "e30." + base64("{\"sub\": \"joe\", \"exp\": " + expiry.getEpochSecond() + "}") + ".c2ln";
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
