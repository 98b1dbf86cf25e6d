package io.github.k8sclient.transport;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.auth.OidcProvider;
import io.github.k8sclient.auth.OidcTokens;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.OidcSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Renews tokens at an OpenID Connect provider, whose token endpoint it looks up in the
 * provider's discovery document. Connections are closed after use, as the next renewal is
 * far away.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID
 * Connect Discovery</a>
 */
final class OidcClient implements OidcProvider {

	private static final String DISCOVERY = "/.well-known/openid-configuration";

	private final OidcSession session;

	OidcClient(OidcSession session) {
		this.session = session;
	}

	@Override
	public Mono<OidcTokens> refresh(String refreshToken) {
		return Mono
			.usingWhen(Mono.fromSupplier(this::transport), (transport) -> refresh(webClient(transport), refreshToken),
					KubernetesTransport::close)
			.onErrorMap(KubernetesConnectionException.class,
					(ex) -> failure("cannot be reached: " + ex.description(), ex.action(), ex));
	}

	private KubernetesTransport transport() {
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(this.session.issuer())
			.source("the auth-provider of the user")
			.tls(this.session.tls())
			.proxy(this.session.proxy())
			.build();
		return KubernetesTransport.create(configuration);
	}

	private static WebClient webClient(KubernetesTransport transport) {
		return WebClient.builder()
			.clientConnector(transport.connector())
			.filters((filters) -> filters.addAll(transport.filters()))
			.build();
	}

	private Mono<OidcTokens> refresh(WebClient client, String refreshToken) {
		return tokenEndpoint(client).flatMap((endpoint) -> refresh(client, endpoint, refreshToken));
	}

	private Mono<URI> tokenEndpoint(WebClient client) {
		URI discovery = URI.create(this.session.issuer().toString().replaceAll("/$", "") + DISCOVERY);
		return client.get().uri(discovery).exchangeToMono(this::json).map((answer) -> tokenEndpoint(answer.body()));
	}

	private URI tokenEndpoint(JsonNode document) {
		URI endpoint = uri(document.path("token_endpoint").asString(""));
		if (endpoint == null || !OidcSession.isSafe(endpoint)) {
			throw failure("names no token_endpoint with https in its discovery document",
					"Check idp-issuer-url of the user.", null);
		}
		return endpoint;
	}

	private static @Nullable URI uri(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Providers want the secret of the client in a header or in the form; only trying
	 * tells which.
	 */
	private Mono<OidcTokens> refresh(WebClient client, URI endpoint, String refreshToken) {
		Mono<Answer> inForm = post(client, endpoint, refreshToken, false);
		Mono<Answer> answer = (this.session.clientSecret() == null) ? inForm
				: post(client, endpoint, refreshToken, true)
					.flatMap((first) -> first.isRefusedClient() ? inForm : Mono.just(first));
		return answer.map(this::tokens);
	}

	private Mono<Answer> post(WebClient client, URI endpoint, String refreshToken, boolean secretInHeader) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("grant_type", "refresh_token");
		form.add("refresh_token", refreshToken);
		String secret = this.session.clientSecret();
		if (!secretInHeader) {
			form.add("client_id", this.session.clientId());
			if (secret != null) {
				form.add("client_secret", secret);
			}
		}
		return client.post().uri(endpoint).headers((headers) -> {
			if (secretInHeader && secret != null) {
				headers.set(HttpHeaders.AUTHORIZATION, basic(this.session.clientId(), secret));
			}
		}).accept(MediaType.APPLICATION_JSON).body(BodyInserters.fromFormData(form)).exchangeToMono(this::json);
	}

	/**
	 * Both parts are encoded as in a form, see RFC 6749, section 2.3.1.
	 */
	private static String basic(String clientId, String secret) {
		String pair = URLEncoder.encode(clientId, StandardCharsets.UTF_8) + ":"
				+ URLEncoder.encode(secret, StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

	private OidcTokens tokens(Answer answer) {
		JsonNode body = answer.body();
		if (answer.status() / 100 != 2) {
			String error = body.path("error").asString("");
			throw failure("did not renew the tokens: status " + answer.status() + " " + error,
					"Log in anew with the tool that has written the tokens to the kubeconfig.", null);
		}
		String idToken = body.path("id_token").asString("");
		if (idToken.isEmpty()) {
			throw failure("returned no id_token",
					"Ask for the scope openid when logging in, or use a credential plugin: some providers return no"
							+ " id_token when they renew.",
					null);
		}
		String refreshToken = body.path("refresh_token").asString("");
		return new OidcTokens(idToken, refreshToken.isEmpty() ? null : refreshToken);
	}

	private Mono<Answer> json(ClientResponse response) {
		return response.bodyToMono(String.class)
			.defaultIfEmpty("")
			.map((body) -> new Answer(response.statusCode().value(), parse(body)));
	}

	private static JsonNode parse(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			// A page of a proxy, most likely; what is missing in it is told
			return JsonMapper.shared().createObjectNode();
		}
	}

	private ConfigurationException failure(String problem, String action, @Nullable KubernetesException cause) {
		return new ConfigurationException("The OpenID Connect provider " + this.session.issuer() + " " + problem,
				action, cause);
	}

	/**
	 * What the provider has answered.
	 *
	 * @param status status code
	 * @param body content, an empty object if it is no JSON
	 */
	private record Answer(int status, JsonNode body) {

		boolean isRefusedClient() {
			return this.status == 401
					|| (this.status == 400 && !this.body.path("error").asString("").equals("invalid_grant"));
		}

	}

}
