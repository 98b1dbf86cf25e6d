package io.github.k8sclient.transport;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.github.k8sclient.config.ClientConfiguration;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
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
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Sets up HTTP clients and their pools: HTTP/2 with its windows and pings, proxy,
 * timeouts, compression.
 */
final class ConnectionFactory {

	private static final int MAX_CONNECTIONS = 500;

	private static final int MAX_PENDING = 10_000;

	// On HTTP/1.1 every watch holds a connection
	private static final int MAX_WATCH_CONNECTIONS = 10_000;

	private final ClientConfiguration configuration;

	private final Settings settings;

	ConnectionFactory(ClientConfiguration configuration, Settings settings) {
		this.configuration = configuration;
		this.settings = settings;
	}

	/**
	 * Set up pools without any connection yet.
	 * @param ssl TLS to the server, {@code null} for a server without
	 * @param ssl11 TLS that offers the server nothing but HTTP/1.1, {@code null} likewise
	 * @param material the certificates and keys for TLS to a proxy
	 */
	Connections create(@Nullable SslProvider ssl, @Nullable SslProvider ssl11, TlsMaterial material) {
		List<ConnectionProvider> owned = new ArrayList<>();
		ConnectionProvider provider = this.settings.connectionProvider();
		if (provider == null) {
			provider = pool("k8s-client", MAX_CONNECTIONS);
			owned.add(provider);
		}
		ConnectionProvider watchProvider = this.settings.watchConnectionProvider();
		if (watchProvider == null) {
			watchProvider = pool("k8s-client-watch", MAX_WATCH_CONNECTIONS);
			owned.add(watchProvider);
		}
		Duration responseTimeout = this.configuration.responseTimeout();
		ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		HttpClient endless = client(provider, ssl, ssl11, material, channels);
		HttpClient client = responseTimeout.isZero() ? endless : endless.responseTimeout(responseTimeout);
		HttpClient watchClient = client(watchProvider, ssl, ssl11, material, channels);
		HttpClient webSocketClient = client(watchProvider, ssl11, material, channels, HttpProtocol.HTTP11);
		return new Connections(client, connector(client), watchClient, connector(watchClient),
				new WebSocketConnector(webSocketClient, responseTimeout, this.settings.timer()), owned, channels);
	}

	private ConnectionProvider pool(String name, int maxConnections) {
		return ConnectionProvider.builder(name)
			// One HTTP/2 connection carries as many streams as the server allows
			.allocationStrategy(Http2AllocationStrategy.builder()
				.maxConnections(maxConnections)
				.strictConnectionReuse(true)
				.build())
			.pendingAcquireMaxCount(MAX_PENDING)
			.pendingAcquireTimeout(this.configuration.connectTimeout().plusSeconds(15))
			// Without it, no connection is ever pinged
			.maxIdleTime(this.settings.idleTime())
			.build();
	}

	private HttpClient client(ConnectionProvider provider, @Nullable SslProvider ssl, @Nullable SslProvider ssl11,
			TlsMaterial material, ChannelGroup channels) {
		return this.settings.http2() ? client(provider, ssl, material, channels, HttpProtocol.H2, HttpProtocol.HTTP11)
				: client(provider, ssl11, material, channels, HttpProtocol.HTTP11);
	}

	private HttpClient client(ConnectionProvider provider, @Nullable SslProvider ssl, TlsMaterial material,
			ChannelGroup channels, HttpProtocol... protocols) {
		HttpClient client = HttpClient.create(provider)
			.followRedirect(false)
			.compress(this.configuration.compression())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.configuration.connectTimeout().toMillis())
			.option(ChannelOption.SO_KEEPALIVE, true)
			.doOnChannelInit((observer, channel, address) -> {
				channels.add(channel);
				ReadIdlePing.addTo(channel, this.settings.idleTime(), this.settings.pingTimeout());
			})
			.headers((headers) -> headers.set(HttpHeaderNames.USER_AGENT, this.configuration.userAgent()));
		if (this.settings.loopResources() != null) {
			client = client.runOn(this.settings.loopResources());
		}
		URI proxy = this.configuration.proxy();
		client = (proxy != null) ? proxied(client, proxy, material) : client.noProxy();
		if (ssl != null) {
			client = client.secure(ssl).protocol(protocols).http2Settings(this::http2);
		}
		return this.settings.customizer().apply(client.doOnRequest((request, connection) -> {
			Http2Window.enlarge(connection);
			BrokenResponses.watch(connection);
		}));
	}

	/**
	 * Reactor Netty asks {@link URI} for the host, which knows none with an underscore,
	 * but also reads texts.
	 */
	private ClientHttpConnector connector(HttpClient client) {
		URI server = this.configuration.server();
		if (server.getHost() != null) {
			return new ReactorClientHttpConnector(client);
		}
		String base = server.getScheme() + "://" + server.getRawAuthority();
		ClientHttpConnector connector = new ReactorClientHttpConnector(client.baseUrl(base));
		return (method, uri, callback) -> connector.connect(method, relative(base, uri), callback);
	}

	private static URI relative(String base, URI uri) {
		String text = uri.toString();
		return text.startsWith(base + "/") ? URI.create(text.substring(base.length())) : uri;
	}

	private void http2(Http2SettingsSpec.Builder http2) {
		http2.initialWindowSize(Http2Window.STREAM).pingAckTimeout(this.settings.pingTimeout()).pingAckDropThreshold(1);
	}

	private HttpClient proxied(HttpClient client, URI uri, TlsMaterial material) {
		// URI knows no host with an underscore
		UriComponents proxy = UriComponentsBuilder.fromUriString(uri.toString()).build();
		String host = Objects.requireNonNull(proxy.getHost());
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
		boolean socks = scheme.startsWith("socks5");
		boolean tls = scheme.equals("https");
		int port = (proxy.getPort() >= 0) ? proxy.getPort() : (socks ? 1080 : (tls ? 443 : 80));
		HttpClient proxied = client.proxy((spec) -> {
			ProxyProvider.Builder provider = spec.type(socks ? ProxyProvider.Proxy.SOCKS5 : ProxyProvider.Proxy.HTTP)
				.host(host)
				.port(port)
				.connectTimeoutMillis(this.configuration.connectTimeout().toMillis());
			String userInfo = proxy.getUserInfo();
			if (userInfo != null) {
				String[] parts = UriUtils.decode(userInfo, StandardCharsets.UTF_8).split(":", 2);
				provider.username(parts[0]).password((user) -> (parts.length > 1) ? parts[1] : "");
			}
		});
		if (!tls) {
			return proxied;
		}
		TlsProxy tlsProxy = new TlsProxy(host, port, SslContexts.toProxy(this.configuration.tls(), material));
		return proxied.doOnChannelInit((observer, channel, address) -> tlsProxy.secure(channel));
	}

	/**
	 * What a caller can choose.
	 *
	 * @param connectionProvider pool for requests, {@code null} for one of our own
	 * @param watchConnectionProvider pool for watches, {@code null} for one of our own
	 * @param loopResources event loops, {@code null} for those of Reactor Netty
	 * @param customizer has the last word on each HTTP client
	 * @param http2 whether HTTP/2 is offered to the server
	 * @param idleTime how long a connection is silent before it is pinged or, without
	 * HTTP/2, closed
	 * @param pingTimeout how long the answer to a ping may take
	 * @param timer measures time for WebSockets
	 */
	record Settings(@Nullable ConnectionProvider connectionProvider,
			@Nullable ConnectionProvider watchConnectionProvider, @Nullable LoopResources loopResources,
			UnaryOperator<HttpClient> customizer, boolean http2, Duration idleTime, Duration pingTimeout,
			Scheduler timer) {

	}

}
