package io.github.k8sclient.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.auth.Authenticator;
import io.github.k8sclient.auth.ExecPluginListener;
import io.github.k8sclient.auth.TokenProvider;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * The connections to one API server as one user, shared by all clients of a
 * {@link ClientConfiguration}: TLS, HTTP/2 where the server offers it, pools, proxy,
 * timeouts, authentication.
 * <p>
 * There are two HTTP clients, so that watches never take the connections that ordinary
 * requests need: {@link #httpClient()} for what has an end, {@link #watchHttpClient()}
 * for watches and other endless answers, without a response timeout. A WebClient gets
 * them as {@link #connector()} and {@link #watchConnector()}, together with
 * {@link #filters()} and {@link #watchFilters()}. A {@link #webSocketConnector()} opens
 * WebSockets.
 * <p>
 * Neither client follows redirects: a token must not travel to where a redirect points.
 * Safe for use by several threads. Close it when it is no longer needed.
 *
 * @since 0.1.0
 */
public final class KubernetesTransport {

	// As in client-go: a quiet connection is pinged after 30 s, and dropped without an
	// answer within 15 s
	private static final Duration IDLE_TIME = Duration.ofSeconds(30);

	private static final Duration PING_TIMEOUT = Duration.ofSeconds(15);

	// Ordinary requests on connections with old certificates have ended by then
	private static final Duration ROTATION_GRACE = Duration.ofSeconds(70);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final ClientConfiguration configuration;

	private final RotatingConnections connections;

	private final @Nullable Authenticator authenticator;

	private final OpenRequests requests;

	private final List<ExchangeFilterFunction> filters;

	private final List<ExchangeFilterFunction> watchFilters;

	private final ConnectionFailures failures;

	private final Duration closeTimeout;

	private final Scheduler timer;

	private KubernetesTransport(Builder builder) {
		this.configuration = builder.configuration;
		this.failures = new ConnectionFailures(this.configuration, builder.loopResources);
		this.authenticator = (builder.tokenProvider != null) ? Authenticator.of(builder.tokenProvider)
				: Authenticator.of(this.configuration, OidcClient::new, builder.execPluginListener);
		boolean secure = "https".equals(this.configuration.server().getScheme());
		this.connections = new RotatingConnections(secure, this.configuration.tls(),
				TlsMaterial.read(secure, this.configuration.tls(), builder.trustManagerFactory,
						builder.keyManagerFactory),
				new ConnectionFactory(this.configuration, builder.settings()), builder.rotationGrace, builder.clock,
				builder.scheduler);
		this.requests = new OpenRequests(this.failures);
		this.filters = createFilters(this.requests::request);
		this.watchFilters = createFilters(this.requests::watch);
		this.closeTimeout = builder.closeTimeout;
		this.timer = builder.timer;
	}

	/**
	 * Create a transport with resources of its own.
	 * @param configuration where to connect to, and as whom
	 * @return a new transport
	 * @throws io.github.k8sclient.config.ConfigurationException if a certificate or key
	 * cannot be used, or the credential plugin may not be run
	 */
	public static KubernetesTransport create(ClientConfiguration configuration) {
		return builder(configuration).build();
	}

	/**
	 * Return a builder of a transport.
	 * @param configuration where to connect to, and as whom
	 * @return a new builder
	 */
	public static Builder builder(ClientConfiguration configuration) {
		return new Builder(configuration);
	}

	/**
	 * Return the configuration that this transport was made from.
	 * @return the configuration
	 */
	public ClientConfiguration configuration() {
		return this.configuration;
	}

	/**
	 * Return the HTTP client for ordinary requests. When certificates change, it is
	 * replaced by another one.
	 * @return the client of now, without a base URL
	 */
	public HttpClient httpClient() {
		return this.connections.current().httpClient();
	}

	/**
	 * Return the HTTP client for watches and other endless answers. It has connections of
	 * its own and no response timeout. When certificates change, it is replaced by
	 * another one.
	 * @return the client of now, without a base URL
	 */
	public HttpClient watchHttpClient() {
		return this.connections.current().watchHttpClient();
	}

	/**
	 * Return a new connector for a WebClient that makes ordinary requests.
	 * @return the connector, which makes each request over the {@link #httpClient()} of
	 * then
	 */
	public ClientHttpConnector connector() {
		return this.connections.connector(Connections::connector);
	}

	/**
	 * Return a new connector for a WebClient that watches.
	 * @return the connector, which makes each request over the {@link #watchHttpClient()}
	 * of then
	 */
	public ClientHttpConnector watchConnector() {
		return this.connections.connector(Connections::watchConnector);
	}

	/**
	 * Return a new connector for a WebClient that opens WebSockets. They have connections
	 * of their own, in the pool of watches, and HTTP/1.1 on them.
	 * <p>
	 * A request asks for its subprotocols by the header {@code Sec-WebSocket-Protocol},
	 * the preferred one first. Each buffer of its body is a binary message to the server.
	 * The body is subscribed to when the WebSocket is open and the body of the response
	 * is being read, on a thread that must not block; its end does not close the
	 * WebSocket.
	 * <p>
	 * The response has the status 101 if the WebSocket is open. Then each buffer of its
	 * body, which can be read once, is a binary message from the server of up to 16 MiB.
	 * The messages come no faster than they are asked for, and end when the server closes
	 * the WebSocket; if the connection breaks, or nothing is heard for 61 seconds in
	 * spite of a ping every 5 seconds, they fail. Cancellation closes the connection.
	 * @return the connector, which uses the certificates of then
	 */
	public ClientHttpConnector webSocketConnector() {
		return this.connections.connector(Connections::webSocketConnector);
	}

	/**
	 * Return the filters that every WebClient over the {@link #connector()} needs,
	 * outermost first: the end when this transport is closed and translation of
	 * connection failures, authentication, impersonation. Filters that a user adds belong
	 * outside of them, so that they see translated failures and no token.
	 * @return the filters
	 */
	public List<ExchangeFilterFunction> filters() {
		return this.filters;
	}

	/**
	 * Return the filters that every WebClient over the {@link #watchConnector()} or the
	 * {@link #webSocketConnector()} needs, outermost first. They differ in that nobody
	 * waits for the end of a watch.
	 * @return the filters
	 * @see #filters()
	 */
	public List<ExchangeFilterFunction> watchFilters() {
		return this.watchFilters;
	}

	/**
	 * Use other certificates from the next request on. Connections with the previous ones
	 * are closed a little later, so that requests under way can end; watches are cut.
	 * Certificates in files of the configuration need no call, they are looked at every
	 * minute.
	 * @param trustManagerFactory whom to trust, {@code null} for the certificate
	 * authorities of the configuration
	 * @param keyManagerFactory the client certificate, {@code null} for the one of the
	 * configuration
	 * @throws io.github.k8sclient.config.ConfigurationException if they cannot be used;
	 * the previous ones stay in use
	 */
	public void rotate(@Nullable TrustManagerFactory trustManagerFactory,
			@Nullable KeyManagerFactory keyManagerFactory) {
		this.connections.manage(trustManagerFactory, keyManagerFactory);
	}

	/**
	 * Translate a failure of a connection made without {@link #filters()}.
	 * @param failure what was thrown
	 * @return a {@link KubernetesConnectionException} when the failure is one of the
	 * connection, else the failure itself
	 */
	public Throwable translate(Throwable failure) {
		return this.failures.translate(failure);
	}

	/**
	 * Close this transport: no request begins any more, watches and other endless answers
	 * end with an error, and requests under way may end within the
	 * {@link Builder#closeTimeout(Duration) time for it}. Then the connections are closed
	 * that this transport has opened, and what is still under way fails. Event loops and
	 * pools that the caller has supplied stay open. All these errors are
	 * {@link KubernetesConnectionException}s for the reason {@link Reason#SHUT_DOWN}.
	 * @return completes when all connections are closed; can be subscribed to repeatedly
	 */
	public Mono<Void> close() {
		return this.requests.close(this.closeTimeout, this.timer).then(Mono.defer(() -> {
			if (this.authenticator != null) {
				this.authenticator.close();
			}
			return this.connections.close();
		}));
	}

	private List<ExchangeFilterFunction> createFilters(ExchangeFilterFunction first) {
		List<ExchangeFilterFunction> all = new ArrayList<>();
		all.add(first);
		if ("http".equals(this.configuration.server().getScheme())) {
			all.add(new TlsExpectedFilter(this.failures::tlsExpected));
		}
		if (this.authenticator != null) {
			all.add(new AuthenticationFilter(this.authenticator, this.configuration.server(),
					this.connections::identify));
		}
		if (this.configuration.impersonation() != null) {
			all.add(new ImpersonationFilter(this.configuration.impersonation()));
		}
		return List.copyOf(all);
	}

	/**
	 * Builds a {@link KubernetesTransport}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private final ClientConfiguration configuration;

		private @Nullable TokenProvider tokenProvider;

		private ExecPluginListener execPluginListener = (call) -> {
		};

		private @Nullable LoopResources loopResources;

		private @Nullable ConnectionProvider connectionProvider;

		private @Nullable ConnectionProvider watchConnectionProvider;

		private @Nullable TrustManagerFactory trustManagerFactory;

		private @Nullable KeyManagerFactory keyManagerFactory;

		private UnaryOperator<HttpClient> customizer = UnaryOperator.identity();

		private boolean http2 = true;

		private Duration idleTime = IDLE_TIME;

		private Duration pingTimeout = PING_TIMEOUT;

		private Duration rotationGrace = ROTATION_GRACE;

		private Duration closeTimeout = CLOSE_TIMEOUT;

		private Scheduler timer = Schedulers.parallel();

		private Clock clock = Clock.systemUTC();

		private Scheduler scheduler = Schedulers.boundedElastic();

		private Builder(ClientConfiguration configuration) {
			Assert.notNull(configuration, "'configuration' must not be null");
			this.configuration = configuration;
		}

		/**
		 * Set where tokens come from, instead of the credentials of the configuration.
		 * @param tokenProvider the provider, {@code null} for the configuration's
		 * @return this builder
		 */
		public Builder tokenProvider(@Nullable TokenProvider tokenProvider) {
			this.tokenProvider = tokenProvider;
			return this;
		}

		/**
		 * Set who learns how the credential plugin of the configuration is doing.
		 * @param execPluginListener the listener
		 * @return this builder
		 */
		public Builder execPluginListener(ExecPluginListener execPluginListener) {
			Assert.notNull(execPluginListener, "'execPluginListener' must not be null");
			this.execPluginListener = execPluginListener;
			return this;
		}

		/**
		 * Set the event loops. They are not closed with the transport.
		 * @param loopResources the event loops, {@code null} for those that Reactor Netty
		 * shares among its clients
		 * @return this builder
		 */
		public Builder loopResources(@Nullable LoopResources loopResources) {
			this.loopResources = loopResources;
			return this;
		}

		/**
		 * Set the pool of connections for ordinary requests. It is not closed with the
		 * transport. Without a {@code maxIdleTime}, dead HTTP/2 connections are found
		 * late.
		 * @param connectionProvider the pool, {@code null} for one of the transport's own
		 * @return this builder
		 */
		public Builder connectionProvider(@Nullable ConnectionProvider connectionProvider) {
			this.connectionProvider = connectionProvider;
			return this;
		}

		/**
		 * Set the pool of connections for watches. It is not closed with the transport,
		 * and needs as many connections as there are watches on HTTP/1.1.
		 * @param watchConnectionProvider the pool, {@code null} for one of the
		 * transport's own
		 * @return this builder
		 */
		public Builder watchConnectionProvider(@Nullable ConnectionProvider watchConnectionProvider) {
			this.watchConnectionProvider = watchConnectionProvider;
			return this;
		}

		/**
		 * Set whom to trust, instead of the certificate authorities of the configuration.
		 * @param trustManagerFactory the trust managers, {@code null} for the
		 * configuration's
		 * @return this builder
		 */
		public Builder trustManagerFactory(@Nullable TrustManagerFactory trustManagerFactory) {
			this.trustManagerFactory = trustManagerFactory;
			return this;
		}

		/**
		 * Set the client certificate, instead of the one of the configuration.
		 * @param keyManagerFactory the key managers, {@code null} for the configuration's
		 * @return this builder
		 */
		public Builder keyManagerFactory(@Nullable KeyManagerFactory keyManagerFactory) {
			this.keyManagerFactory = keyManagerFactory;
			return this;
		}

		/**
		 * Set how long requests under way may take when the transport is closed.
		 * @param closeTimeout the time, 10 seconds by default; zero to end them at once
		 * @return this builder
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			Assert.notNull(closeTimeout, "'closeTimeout' must not be null");
			Assert.isTrue(!closeTimeout.isNegative(), "'closeTimeout' must not be negative");
			this.closeTimeout = closeTimeout;
			return this;
		}

		/**
		 * Set what measures that time, and time for WebSockets; for tests.
		 */
		Builder timer(Scheduler timer) {
			this.timer = timer;
			return this;
		}

		/**
		 * Set whether HTTP/2 is offered to the server, which a proxy in between may
		 * break. In Go, {@code DISABLE_HTTP2} does so.
		 * @param http2 {@code false} to speak HTTP/1.1 only; {@code true} by default
		 * @return this builder
		 */
		public Builder http2(boolean http2) {
			this.http2 = http2;
			return this;
		}

		/**
		 * Set when dead HTTP/2 connections are found, such as those that a firewall has
		 * forgotten. In Go, {@code HTTP2_READ_IDLE_TIMEOUT_SECONDS} and
		 * {@code HTTP2_PING_TIMEOUT_SECONDS} do so.
		 * @param idleTime after which silence of the server a connection is pinged,
		 * positive; 30 seconds by default
		 * @param pingTimeout how long the answer may take before the connection is
		 * closed, positive; 15 seconds by default
		 * @return this builder
		 */
		public Builder liveness(Duration idleTime, Duration pingTimeout) {
			Assert.notNull(idleTime, "'idleTime' must not be null");
			Assert.notNull(pingTimeout, "'pingTimeout' must not be null");
			Assert.isTrue(idleTime.toMillis() > 0, "'idleTime' must be a millisecond or more");
			Assert.isTrue(pingTimeout.toMillis() > 0, "'pingTimeout' must be a millisecond or more");
			this.idleTime = idleTime;
			this.pingTimeout = pingTimeout;
			return this;
		}

		/**
		 * Set when certificates are exchanged; for tests.
		 */
		Builder rotation(Duration grace, Clock clock, Scheduler scheduler) {
			this.rotationGrace = grace;
			this.clock = clock;
			this.scheduler = scheduler;
			return this;
		}

		/**
		 * Set a function that has the last word on both HTTP clients.
		 * @param customizer the function
		 * @return this builder
		 */
		public Builder customizer(UnaryOperator<HttpClient> customizer) {
			Assert.notNull(customizer, "'customizer' must not be null");
			this.customizer = customizer;
			return this;
		}

		/**
		 * Build the transport. Reads certificates and keys, so it may block.
		 * @return a new transport
		 * @throws io.github.k8sclient.config.ConfigurationException if a certificate or
		 * key cannot be used, or the credential plugin may not be run
		 */
		public KubernetesTransport build() {
			return new KubernetesTransport(this);
		}

		private ConnectionFactory.Settings settings() {
			return new ConnectionFactory.Settings(this.connectionProvider, this.watchConnectionProvider,
					this.loopResources, this.customizer, this.http2, this.idleTime, this.pingTimeout, this.timer);
		}

	}

}
