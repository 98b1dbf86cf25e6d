package io.github.k8sclient.auth;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.KubeConfig;
import io.github.k8sclient.config.KubeConfigUser;
import io.github.k8sclient.config.OidcSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Id-tokens of an OpenID Connect provider, renewed ten seconds before they expire and
 * when the API server refuses them. As client-go does, renewed tokens are written back to
 * the kubeconfig file that they come from, because a provider may accept a refresh token
 * only once; when the file cannot be written, they are kept in memory.
 */
final class OidcTokenProvider implements TokenProvider {

	static final Duration LEEWAY = Duration.ofSeconds(10);

	/** How long a refusal of a token that was just renewed is taken for an answer. */
	static final Duration TRUST = Duration.ofMinutes(1);

	private static final Log logger = LogFactory.getLog(OidcTokenProvider.class);

	private final OidcSession session;

	private final OidcProvider provider;

	private final Clock clock;

	private final SingleFlight<String> renewals;

	private volatile State state;

	OidcTokenProvider(OidcSession session, OidcProvider provider) {
		this(session, provider, Clock.systemUTC(), Schedulers.boundedElastic());
	}

	OidcTokenProvider(OidcSession session, OidcProvider provider, Clock clock, Scheduler scheduler) {
		this.session = session;
		this.provider = provider;
		this.clock = clock;
		this.state = new State(session.idToken(), session.refreshToken(), Instant.MIN);
		this.renewals = new SingleFlight<>(Mono.defer(this::refresh).publishOn(scheduler).map(this::accept));
	}

	@Override
	public Mono<String> token() {
		return Mono.defer(() -> {
			String idToken = this.state.idToken();
			return (idToken != null && isValid(idToken)) ? Mono.just(idToken) : this.renewals.join();
		});
	}

	@Override
	public boolean invalidate(String refused) {
		State current = this.state;
		if (!refused.equals(current.idToken())) {
			return true;
		}
		if (current.refreshToken() == null || this.clock.instant().isBefore(current.trustedUntil())) {
			return false;
		}
		this.state = new State(null, current.refreshToken(), current.trustedUntil());
		return true;
	}

	private Mono<OidcTokens> refresh() {
		String refreshToken = this.state.refreshToken();
		return (refreshToken != null) ? this.provider.refresh(refreshToken)
				: Mono.error(failure("have expired, and there is no refresh-token to renew them with"));
	}

	private String accept(OidcTokens tokens) {
		String refreshToken = (tokens.refreshToken() != null) ? tokens.refreshToken() : this.state.refreshToken();
		this.state = new State(tokens.idToken(), refreshToken, this.clock.instant().plus(TRUST));
		OidcSession.Origin origin = this.session.origin();
		if (origin != null) {
			try {
				KubeConfig.update(origin.file(), (config) -> renewed(config, origin.user(), tokens));
			}
			catch (ConfigurationException ex) {
				logger.warn("Renewed tokens are kept in memory only: " + ex.description());
			}
		}
		return tokens.idToken();
	}

	private static KubeConfig renewed(KubeConfig config, String name, OidcTokens tokens) {
		KubeConfigUser user = config.users().get(name);
		if (user == null) {
			return config;
		}
		Map<String, Object> content = new LinkedHashMap<>(user.asMap());
		Map<String, Object> provider = copy(content.get("auth-provider"));
		Map<String, Object> settings = copy(provider.get("config"));
		settings.put("id-token", tokens.idToken());
		if (tokens.refreshToken() != null) {
			settings.put("refresh-token", tokens.refreshToken());
		}
		provider.put("config", settings);
		content.put("auth-provider", provider);
		return config.withUser(name, content);
	}

	private static Map<String, Object> copy(@Nullable Object map) {
		Map<String, Object> copy = new LinkedHashMap<>();
		if (map instanceof Map<?, ?> values) {
			values.forEach((key, value) -> copy.put(String.valueOf(key), value));
		}
		return copy;
	}

	private boolean isValid(String idToken) {
		return this.clock.instant().plus(LEEWAY).isBefore(expiry(idToken));
	}

	private Instant expiry(String idToken) {
		String[] parts = idToken.split("\\.", -1);
		try {
			if (parts.length == 3) {
				byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
				JsonNode expiry = JsonMapper.shared().readTree(new String(claims, StandardCharsets.UTF_8)).path("exp");
				long seconds = (long) expiry.doubleValue(0);
				return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
			}
		}
		catch (IllegalArgumentException | JacksonException ex) {
			// Told below, without the token
		}
		throw failure("are damaged: the id-token is no JSON web token");
	}

	private ConfigurationException failure(String problem) {
		return new ConfigurationException("The " + this.session + " " + problem,
				"Log in anew with the tool that has written them to the kubeconfig.");
	}

	@Override
	public String toString() {
		return this.session.toString();
	}

	private record State(@Nullable String idToken, @Nullable String refreshToken, Instant trustedUntil) {

		@Override
		public String toString() {
			return "tokens renewed before " + this.trustedUntil;
		}

	}

}
