package io.github.k8sclient.rest;

import java.util.function.Consumer;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.observation.RequestObservationConvention;
import io.github.k8sclient.transport.KubernetesTransport;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends requests to one API server. The typed, dynamic and discovery clients are thin
 * layers over it; use it directly for what they do not offer:
 *
 * <pre class="code">
 * restClient.get().namespace("default").resource("pods").name("web-0").into(Pod.class);
 * restClient.get().absPath("/version").raw();
 * </pre>
 * <p>
 * Requests start at the paths of one group and version, which is the core group's
 * {@code v1} unless {@link #forGroupVersion(GroupVersion)} chose another.
 * <p>
 * <b>Formats.</b> Objects of built-in kinds travel as protobuf, all others as JSON; a
 * configuration may ask for JSON everywhere. If the server refuses protobuf (406, 415),
 * the request is repeated in JSON, and this client stays with JSON for that group and
 * version. An object that protobuf could not carry without loss, because it was read from
 * JSON with members unknown to its class, is sent as JSON. Responses are read by their
 * {@code Content-Type}, whatever was asked for.
 * <p>
 * <b>Retries</b> are those of client-go: a response 429 or 5xx with a {@code Retry-After}
 * header in seconds is repeated after that time, up to ten times, whatever the verb, as
 * the server then has not acted on it; a GET is also repeated a second after the
 * connection broke. Nothing else is repeated, so that no object is created twice.
 * <p>
 * <b>Rate limit.</b> A configuration may limit how many requests per second all clients
 * made of this one send ({@link ClientConfiguration#qps()}); it does not unless asked to,
 * as API servers protect themselves by priority and fairness. Requests then wait for
 * their turn, without holding a thread. Watches are not counted.
 * <p>
 * <b>Warnings</b> of the server go to a {@link WarningHandler}, and are logged otherwise.
 * <p>
 * <b>Observations</b> of requests are made if the builder is given a registry; see
 * {@link io.github.k8sclient.observation.RequestObservationDocumentation}.
 * <p>
 * <b>Connections.</b> A client that is made of a {@link ClientConfiguration} opens
 * connections, and {@link #close()} closes them. All other clients of the same cluster
 * are made of such a client, and share them. A client that is made of a
 * {@link KubernetesTransport} uses the connections of its caller, and leaves them open.
 * <p>
 * Instances are immutable and thread-safe.
 *
 * @since 0.1.0
 */
public interface RESTClient {

	/**
	 * Begin a request that reads.
	 * @return a new request
	 */
	default Request get() {
		return verb(HttpMethod.GET);
	}

	/**
	 * Begin a request that creates.
	 * @return a new request
	 */
	default Request post() {
		return verb(HttpMethod.POST);
	}

	/**
	 * Begin a request that replaces.
	 * @return a new request
	 */
	default Request put() {
		return verb(HttpMethod.PUT);
	}

	/**
	 * Begin a request that changes a part. The type of the patch is the content type of
	 * {@link Request#body(byte[], String)}.
	 * @return a new request
	 */
	default Request patch() {
		return verb(HttpMethod.PATCH);
	}

	/**
	 * Begin a request that deletes.
	 * @return a new request
	 */
	default Request delete() {
		return verb(HttpMethod.DELETE);
	}

	/**
	 * Begin a request with any verb.
	 * @param verb the HTTP method
	 * @return a new request
	 */
	Request verb(HttpMethod verb);

	/**
	 * Return the group and version at whose paths requests start.
	 * @return the group and version
	 */
	GroupVersion groupVersion();

	/**
	 * Return a client whose requests start at the paths of another group and version,
	 * over the same connections.
	 * @param groupVersion the group and version
	 * @return a client for them
	 */
	RESTClient forGroupVersion(GroupVersion groupVersion);

	/**
	 * Close the connections that this client has opened: no request begins any more,
	 * watches end, and requests under way have a short time to end; see
	 * {@link KubernetesTransport#close()}. Does nothing if the connections are those of a
	 * transport that was given.
	 * @return completes when the connections are closed; can be subscribed to repeatedly
	 */
	Mono<Void> close();

	/**
	 * Create a client with connections of its own and the default settings.
	 * @param configuration what to connect to, and how
	 * @return a new client, to be closed when it is no longer needed
	 * @throws io.github.k8sclient.config.ConfigurationException if a certificate or key
	 * cannot be used, or the credential plugin may not be run
	 */
	static RESTClient create(ClientConfiguration configuration) {
		return builder(configuration).build();
	}

	/**
	 * Create a client over given connections and with the default settings.
	 * @param transport the connections, which the caller closes
	 * @return a new client
	 */
	static RESTClient create(KubernetesTransport transport) {
		return builder(transport).build();
	}

	/**
	 * Begin a client with connections of its own.
	 * @param configuration what to connect to, and how
	 * @return a new builder
	 */
	static Builder builder(ClientConfiguration configuration) {
		Assert.notNull(configuration, "'configuration' must not be null");
		return new DefaultRESTClientBuilder(configuration, null);
	}

	/**
	 * Begin a client over given connections.
	 * @param transport the connections, which the caller closes
	 * @return a new builder
	 */
	static Builder builder(KubernetesTransport transport) {
		Assert.notNull(transport, "'transport' must not be null");
		return new DefaultRESTClientBuilder(transport.configuration(), transport);
	}

	/**
	 * Builds a {@link RESTClient}.
	 */
	interface Builder {

		/**
		 * Start from a given {@link WebClient.Builder}, such as the one of Spring Boot,
		 * for its observations and filters. It is copied; its connector, base URL and
		 * codecs are not used.
		 * @param webClientBuilder the builder
		 * @return this builder
		 */
		Builder webClientBuilder(WebClient.Builder webClientBuilder);

		/**
		 * Add a filter that sees each attempt of each request, before credentials are
		 * added.
		 * @param filter the filter
		 * @return this builder
		 */
		Builder filter(ExchangeFilterFunction filter);

		/**
		 * Change the {@link WebClient.Builder} in other ways.
		 * @param customizer called once for ordinary requests and once for watches, which
		 * use connections of their own
		 * @return this builder
		 */
		Builder webClient(Consumer<WebClient.Builder> customizer);

		/**
		 * Set who receives the warnings of the server.
		 * @param warningHandler the handler, by default one that logs each warning once
		 * @return this builder
		 */
		Builder warningHandler(WarningHandler warningHandler);

		/**
		 * Set the registry for observations of requests. Observations of the HTTP
		 * exchanges that make up a request are a matter of the {@link WebClient.Builder}.
		 * @param observationRegistry the registry, by default none
		 * @return this builder
		 */
		Builder observationRegistry(ObservationRegistry observationRegistry);

		/**
		 * Set how observations of requests are named.
		 * @param observationConvention the convention, by default a
		 * {@link io.github.k8sclient.observation.DefaultRequestObservationConvention}
		 * @return this builder
		 */
		Builder observationConvention(RequestObservationConvention observationConvention);

		/**
		 * Set the scheduler that waits before requests and that decodes lists, so that a
		 * large one holds up no event loop.
		 * @param scheduler the scheduler, by default
		 * {@link reactor.core.scheduler.Schedulers#parallel()}
		 * @return this builder
		 */
		Builder scheduler(Scheduler scheduler);

		/**
		 * Build the client. One with connections of its own reads certificates and keys,
		 * so it may block.
		 * @return a new client
		 * @throws io.github.k8sclient.config.ConfigurationException if a certificate or
		 * key cannot be used, or the credential plugin may not be run
		 */
		RESTClient build();

	}

}
