package io.github.k8sclient.transport;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.auth.TokenProvider;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.Http2AllocationStrategy;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.ProxyProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The connections to one API server as one user, shared by all clients of a
 * {@link ClientConfiguration}: TLS, HTTP/2 where the server offers it, pools, proxy,
 * timeouts, authentication.
 * <p>
 * There are two HTTP clients, so that watches never take the connections that ordinary
 * requests need: {@link #httpClient()} for what has an end, {@link #watchHttpClient()}
 * for watches and other endless answers, without a response timeout. A WebClient gets
 * them as {@link #connector()} and {@link #watchConnector()}, together with
 * {@link #filters()}.
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

	private static final int MAX_CONNECTIONS = 500;

	private static final int MAX_PENDING = 10_000;

	// On HTTP/1.1 every watch holds a connection
	private static final int MAX_WATCH_CONNECTIONS = 10_000;

	private final ClientConfiguration configuration;

	private final HttpClient httpClient;

	private final HttpClient watchHttpClient;

	private final List<ExchangeFilterFunction> filters;

	private final ConnectionFailures failures;

	private final List<ConnectionProvider> ownedProviders;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private KubernetesTransport(Builder builder) {
		this.configuration = builder.configuration;
		this.failures = new ConnectionFailures(this.configuration);
		this.ownedProviders = new ArrayList<>();
		ConnectionProvider provider = own(builder.connectionProvider, "k8s-client", MAX_CONNECTIONS);
		ConnectionProvider watchProvider = own(builder.watchConnectionProvider, "k8s-client-watch",
				MAX_WATCH_CONNECTIONS);
		SslProvider ssl = isHttps() ? ssl(builder) : null;
		HttpClient client = client(provider, ssl, builder);
		this.httpClient = this.configuration.responseTimeout().isZero() ? client
				: client.responseTimeout(this.configuration.responseTimeout());
		this.watchHttpClient = client(watchProvider, ssl, builder);
		this.filters = filters(builder.tokenProvider);
	}

	/**
	 * Create a transport with resources of its own.
	 * @param configuration where to connect to, and as whom
	 * @return a new transport
	 * @throws io.github.k8sclient.config.ConfigurationException if a certificate or key
	 * cannot be used
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
	 * Return the HTTP client for ordinary requests.
	 * @return the client, without a base URL
	 */
	public HttpClient httpClient() {
		return this.httpClient;
	}

	/**
	 * Return the HTTP client for watches and other endless answers. It has connections of
	 * its own and no response timeout.
	 * @return the client, without a base URL
	 */
	public HttpClient watchHttpClient() {
		return this.watchHttpClient;
	}

	/**
	 * Return a new connector for a WebClient that makes ordinary requests.
	 * @return the connector over {@link #httpClient()}
	 */
	public ClientHttpConnector connector() {
		return new ReactorClientHttpConnector(this.httpClient);
	}

	/**
	 * Return a new connector for a WebClient that watches.
	 * @return the connector over {@link #watchHttpClient()}
	 */
	public ClientHttpConnector watchConnector() {
		return new ReactorClientHttpConnector(this.watchHttpClient);
	}

	/**
	 * Return the filters that every WebClient over this transport needs, outermost first:
	 * translation of connection failures, authentication, impersonation. Filters that a
	 * user adds belong outside of them, so that they see translated failures and no
	 * token.
	 * @return the filters
	 */
	public List<ExchangeFilterFunction> filters() {
		return this.filters;
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
	 * Close the connections that this transport has opened. Answers that are still under
	 * way, watches among them, end with an error, and so do requests made after it. Event
	 * loops and pools that the caller has supplied stay open.
	 * @return completes when all connections are closed; can be subscribed to repeatedly
	 */
	public Mono<Void> close() {
		return Mono.defer(() -> {
			this.closed.tryEmitError(new KubernetesConnectionException(this.configuration.server(), Reason.CLOSED,
					"this client has been closed", "Make no requests after closing it.", null));
			return Mono.whenDelayError(this.ownedProviders.stream().map(ConnectionProvider::disposeLater).toList());
		});
	}

	/**
	 * Ends what is under way when the transport is closed: pools neither close
	 * connections that are in use, nor refuse to open new ones.
	 */
	private Mono<ClientResponse> endWhenClosed(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request).takeUntilOther(this.closed.asMono()).map(this::endWhenClosed);
	}

	private ClientResponse endWhenClosed(ClientResponse response) {
		return response.mutate().body((body) -> body.takeUntilOther(this.closed.asMono())).build();
	}

	private boolean isHttps() {
		return "https".equals(this.configuration.server().getScheme());
	}

	private ConnectionProvider own(@Nullable ConnectionProvider supplied, String name, int maxConnections) {
		if (supplied != null) {
			return supplied;
		}
		ConnectionProvider provider = ConnectionProvider.builder(name)
			// One HTTP/2 connection carries as many streams as the server allows
			.allocationStrategy(Http2AllocationStrategy.builder()
				.maxConnections(maxConnections)
				.strictConnectionReuse(true)
				.build())
			.pendingAcquireMaxCount(MAX_PENDING)
			.pendingAcquireTimeout(this.configuration.connectTimeout().plusSeconds(15))
			.maxIdleTime(IDLE_TIME)
			.build();
		this.ownedProviders.add(provider);
		return provider;
	}

	private SslProvider ssl(Builder builder) {
		SslContext context = SslContexts.create(this.configuration.tls(), builder.trustManagerFactory,
				builder.keyManagerFactory, !isProxyWithTls());
		return SslProvider.builder()
			.sslContext(new ServerNameSslContext(context, this.configuration.tls().serverName()))
			.build();
	}

	private HttpClient client(ConnectionProvider provider, @Nullable SslProvider ssl, Builder builder) {
		HttpClient client = HttpClient.create(provider)
			.followRedirect(false)
			.compress(this.configuration.compression())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.configuration.connectTimeout().toMillis())
			.option(ChannelOption.SO_KEEPALIVE, true)
			.headers((headers) -> headers.set(HttpHeaderNames.USER_AGENT, this.configuration.userAgent()));
		if (builder.loopResources != null) {
			client = client.runOn(builder.loopResources);
		}
		URI proxy = this.configuration.proxy();
		client = (proxy != null) ? proxied(client, proxy, builder) : client.noProxy();
		if (ssl != null) {
			client = client.secure(ssl).protocol(protocols()).http2Settings(KubernetesTransport::http2);
		}
		return builder.customizer.apply(client.doOnRequest((request, connection) -> Http2Window.enlarge(connection)));
	}

	private static void http2(Http2SettingsSpec.Builder settings) {
		settings.initialWindowSize(Http2Window.STREAM).pingAckTimeout(PING_TIMEOUT).pingAckDropThreshold(1);
	}

	/**
	 * Reactor Netty looks for the outcome of ALPN in the first TLS handler that it finds,
	 * which is the proxy's if the proxy has one.
	 */
	private HttpProtocol[] protocols() {
		return isProxyWithTls() ? new HttpProtocol[] { HttpProtocol.HTTP11 }
				: new HttpProtocol[] { HttpProtocol.H2, HttpProtocol.HTTP11 };
	}

	private boolean isProxyWithTls() {
		return this.configuration.proxy() != null && "https".equalsIgnoreCase(this.configuration.proxy().getScheme());
	}

	private HttpClient proxied(HttpClient client, URI proxy, Builder builder) {
		boolean socks = proxy.getScheme().toLowerCase(Locale.ROOT).startsWith("socks5");
		int defaultPort = socks ? 1080 : (isProxyWithTls() ? 443 : 80);
		int port = (proxy.getPort() >= 0) ? proxy.getPort() : defaultPort;
		HttpClient proxied = client.proxy((spec) -> {
			ProxyProvider.Builder provider = spec.type(socks ? ProxyProvider.Proxy.SOCKS5 : ProxyProvider.Proxy.HTTP)
				.host(proxy.getHost())
				.port(port)
				.connectTimeoutMillis(this.configuration.connectTimeout().toMillis());
			String userInfo = proxy.getUserInfo();
			if (userInfo != null) {
				String[] parts = userInfo.split(":", 2);
				provider.username(parts[0]).password((user) -> (parts.length > 1) ? parts[1] : "");
			}
		});
		if (!isProxyWithTls()) {
			return proxied;
		}
		TlsProxy tls = new TlsProxy(proxy, port, builder.proxySslContextBuilder);
		return proxied.doOnChannelInit((observer, channel, address) -> tls.secure(channel));
	}

	private List<ExchangeFilterFunction> filters(@Nullable TokenProvider supplied) {
		List<ExchangeFilterFunction> all = new ArrayList<>();
		all.add(this::endWhenClosed);
		all.add(this.failures);
		TokenProvider tokenProvider = (supplied != null) ? supplied : TokenProvider.of(this.configuration);
		if (tokenProvider != null) {
			all.add(new AuthenticationFilter(tokenProvider, this.configuration.server()));
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

		private @Nullable LoopResources loopResources;

		private @Nullable ConnectionProvider connectionProvider;

		private @Nullable ConnectionProvider watchConnectionProvider;

		private @Nullable TrustManagerFactory trustManagerFactory;

		private @Nullable KeyManagerFactory keyManagerFactory;

		private SslContextBuilder proxySslContextBuilder = SslContextBuilder.forClient();

		private UnaryOperator<HttpClient> customizer = UnaryOperator.identity();

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
		 * Set how TLS to a proxy with an https URL is set up; for tests.
		 */
		Builder proxySslContextBuilder(SslContextBuilder proxySslContextBuilder) {
			this.proxySslContextBuilder = proxySslContextBuilder;
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
		 * key cannot be used
		 */
		public KubernetesTransport build() {
			return new KubernetesTransport(this);
		}

	}

}
