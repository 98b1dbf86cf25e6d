package io.github.k8sclient.test;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.Credentials;
import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.util.Assert;

/**
 * A Kubernetes API server in this JVM, for tests and for trying things out. It speaks the
 * protocol of the real one: every built-in kind, in JSON and protobuf, custom resources,
 * with discovery, resource versions, optimistic locking, selectors, pages, watches with
 * history and bookmarks, server-side apply, preconditions, finalizers and the errors of
 * the real one.
 *
 * <pre class="code">
 * try (EmbeddedApiServer server = EmbeddedApiServer.create().start()) {
 *     ClientConfiguration configuration = server.clientConfiguration();
 *     server.faults().expireWatches();
 * }
 * </pre>
 *
 * There is no cluster behind it: nobody schedules or runs pods, and deployments make no
 * replica sets. Of the controllers of a cluster it plays two, because nothing would ever
 * be deleted otherwise: a deleted namespace is emptied and removed, and dependents of
 * deleted objects are deleted, {@linkplain Builder#garbageCollection(boolean) unless
 * switched off}. Everybody may do everything until {@linkplain #addUser users} or
 * {@linkplain #addGroup groups} are known. Containers print what the {@linkplain #log
 * test tells}, a command in one does what {@linkplain #program the test tells}, and what
 * stands behind a proxy answers what {@linkplain #backend the test tells}. There are no
 * admission webhooks; custom resources are converted by the strategy {@code None} only,
 * and their validation rules in CEL are not evaluated.
 * <p>
 * Objects live in memory. They survive {@link #stop()} and {@link #restart()}, as those
 * of a real API server survive in etcd; {@link #close()} ends the server for good. All
 * methods may be called from any thread but from one of the event loop.
 *
 * @since 0.1.0
 */
public final class EmbeddedApiServer implements AutoCloseable {

	private static final List<String> PROXIED = List.of("services", "pods", "nodes");

	private static final int MAX_MESSAGE = 16 << 20;

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

	private final int wantedPort;

	private final ObjectStore store;

	private final ServerFaults faults;

	private final ResourceCatalog catalog = new ResourceCatalog();

	private final ResourceOperations operations;

	private final ApiHandler handler;

	private final Scheduler scheduler;

	private final boolean shards;

	private final ApiRights rights = new ApiRights();

	private final ApiUsers users;

	private final PodLogs logs = new PodLogs();

	private final PodPrograms programs = new PodPrograms();

	private final Proxies proxies = new Proxies();

	private final @Nullable ServerCertificate certificate;

	private final @Nullable ClientAuthority clientAuthority;

	private final Map<Channel, Boolean> channels = new ConcurrentHashMap<>();

	private int port;

	private @Nullable DisposableServer server;

	private EmbeddedApiServer(Builder builder) {
		this.wantedPort = builder.port;
		this.certificate = builder.tls ? ServerCertificate.create() : null;
		this.clientAuthority = builder.tls ? ClientAuthority.create(builder.clock) : null;
		this.scheduler = Schedulers.newParallel("embedded-api-server", 2, true);
		this.shards = builder.shards;
		this.store = new ObjectStore(builder.historyLimit);
		this.faults = new ServerFaults(this.store, this::dropConnections);
		this.operations = new ResourceOperations(this.store, this.catalog, builder.clock, builder.garbageCollection);
		WatchHandler watches = new WatchHandler(this.store, this.scheduler, builder.bookmarkInterval,
				builder.streamingLists);
		ServiceAccountTokens tokens = new ServiceAccountTokens(new BoundObjects(this.operations, this.catalog),
				builder.clock);
		this.users = new ApiUsers(this.rights, tokens,
				(this.clientAuthority != null) ? this.clientAuthority.users() : null);
		this.handler = new ApiHandler(this.catalog, this.faults, this.users, this.rights,
				new DiscoveryHandler(this.catalog, builder.aggregatedDiscovery),
				new ResourceHandler(this.operations, watches,
						new Subresources(this.operations, this.logs, this.programs, this.proxies, tokens),
						new Reviews(this.users, this.rights, this.catalog)));
		InitialObjects.create(this.operations, this.catalog);
	}

	/**
	 * Make a server with the default settings. It is not started yet.
	 * @return the server
	 */
	public static EmbeddedApiServer create() {
		return builder().build();
	}

	/**
	 * Begin to make a server with other settings.
	 * @return a builder with the default settings
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Begin to listen on the loopback interface. Does nothing if the server is running.
	 * After a {@link #stop()} the server listens on the same port as before.
	 * @return this server
	 */
	public synchronized EmbeddedApiServer start() {
		if (this.server == null) {
			HttpServer http = HttpServer.create()
				.host("127.0.0.1")
				.port((this.port != 0) ? this.port : this.wantedPort)
				.doOnChannelInit((observer, channel, address) -> remember(channel))
				.handle(this::handle);
			this.server = secured(http).bindNow();
			this.port = this.server.port();
		}
		return this;
	}

	/**
	 * Stop listening and cut all connections. The objects stay. As in a real API server,
	 * whose watch cache dies with it, the history is forgotten: after the next start a
	 * watch cannot go on from a resource version before the last change.
	 */
	public synchronized void stop() {
		DisposableServer running = this.server;
		if (running == null) {
			return;
		}
		this.server = null;
		running.disposeNow(SHUTDOWN_TIMEOUT);
		closeConnections();
		this.store.closeWatches();
		this.store.compact();
	}

	/**
	 * Stop and start again on the same port, with the same objects.
	 */
	public synchronized void restart() {
		stop();
		start();
	}

	/**
	 * Bring the server back to where it was when it was made. All objects are deleted,
	 * whatever their finalizers, and so are custom resource definitions; faults, users,
	 * groups, logs, programs and backends are forgotten. Connections and watches go on:
	 * clients that watch see the deletions, as they would in a cluster.
	 */
	public synchronized void reset() {
		this.faults.clear();
		this.rights.clear();
		this.users.clear();
		this.logs.clear();
		this.programs.clear();
		this.proxies.clear();
		this.operations.deleteAll();
		InitialObjects.create(this.operations, this.catalog);
	}

	/**
	 * Stop for good and release the threads. The server cannot be started again.
	 */
	@Override
	public synchronized void close() {
		stop();
		this.scheduler.dispose();
	}

	/**
	 * Whether the server listens.
	 * @return true between {@link #start()} and {@link #stop()}
	 */
	public synchronized boolean isRunning() {
		return this.server != null;
	}

	/**
	 * Where the server listens. The address stays the same over a {@link #restart()}.
	 * @return the URL, such as {@code http://127.0.0.1:40001}, or one of {@code https}
	 * with {@linkplain Builder#tls(boolean) TLS}
	 * @throws IllegalStateException if the server was never started
	 */
	public synchronized URI url() {
		Assert.state(this.port != 0, "The server was never started");
		return URI.create(((this.certificate != null) ? "https" : "http") + "://127.0.0.1:" + this.port);
	}

	/**
	 * The certificate by which a server with TLS is to be trusted.
	 * @return the certificate in PEM
	 * @throws IllegalStateException if the server has no TLS
	 */
	public byte[] certificateAuthority() {
		ServerCertificate certificate = this.certificate;
		Assert.state(certificate != null, "The server has no TLS");
		return certificate.pem();
	}

	/**
	 * A configuration for clients of this server without credentials.
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if the server was never started
	 */
	public ClientConfiguration clientConfiguration() {
		return configuration().build();
	}

	/**
	 * A configuration for clients of this server.
	 * @param token the bearer token of a user, or one of a service account
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if the server was never started
	 * @see #addUser(String, String, Predicate)
	 */
	public ClientConfiguration clientConfiguration(String token) {
		return configuration().credentials(new Credentials.BearerToken(token)).build();
	}

	/**
	 * A configuration for clients of any user, who is known by a certificate made for it.
	 * @param user the name of the user
	 * @param groups the groups of the user, such as {@code system:masters}
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if the server was never started or has no TLS
	 * @see #addUser(String, Predicate)
	 */
	public ClientConfiguration clientConfigurationByCertificate(String user, String... groups) {
		ClientCertificate certificate = clientAuthority().issue(user, groups);
		return configuration().tls(certificate.identify(tls())).build();
	}

	private ClientConfiguration.Builder configuration() {
		return ClientConfiguration.builder().server(url()).tls(tls()).source("embedded API server " + url());
	}

	private TlsConfiguration tls() {
		ServerCertificate certificate = this.certificate;
		TlsConfiguration tls = TlsConfiguration.defaults();
		return (certificate != null)
				? tls.withCertificateAuthority(PemSource.data("certificate of the API server", certificate.pem()))
				: tls;
	}

	/**
	 * The authority whose certificates the server accepts.
	 * @return the authority
	 * @throws IllegalStateException if the server has no TLS
	 */
	ClientAuthority clientAuthority() {
		ClientAuthority authority = this.clientAuthority;
		Assert.state(authority != null, "The server has no TLS");
		return authority;
	}

	/**
	 * A kubeconfig for this server, for programs such as {@code kubectl}.
	 * @return the text of the file
	 * @throws IllegalStateException if the server was never started
	 */
	public String kubeconfig() {
		return kubeconfig(null);
	}

	/**
	 * A kubeconfig for a user of this server.
	 * @param token the bearer token of the user, null for none
	 * @return the text of the file
	 * @throws IllegalStateException if the server was never started
	 */
	public String kubeconfig(@Nullable String token) {
		return kubeconfigs().withToken(token);
	}

	/**
	 * A kubeconfig for any user, who is known by a certificate made for it.
	 * @param user the name of the user
	 * @param groups the groups of the user, such as {@code system:masters}
	 * @return the text of the file
	 * @throws IllegalStateException if the server was never started or has no TLS
	 */
	public String kubeconfigByCertificate(String user, String... groups) {
		return kubeconfigs().withCertificate(clientAuthority().issue(user, groups));
	}

	private Kubeconfigs kubeconfigs() {
		ServerCertificate certificate = this.certificate;
		return new Kubeconfigs("embedded", url(), (certificate != null) ? certificate.pem() : null);
	}

	/**
	 * Let a user in. From the first user or group on, requests of others are answered
	 * with 401, apart from those for health and version.
	 * @param name the name of the user
	 * @param token the bearer token of the user
	 * @param allowed tells by verb and resource, such as {@code list pods} or
	 * {@code patch deployments.apps/scale}, what the user may do; all else is answered
	 * with 403. Discovery is open to every user.
	 */
	public void addUser(String name, String token, Predicate<String> allowed) {
		Assert.hasText(token, "'token' must not be empty");
		addUser(name, allowed);
		this.users.add(token, name);
	}

	/**
	 * Say what a user may do who comes without a token of its own: by
	 * {@linkplain #clientConfigurationByCertificate certificate}, as a service account
	 * with a token that this server has made, or by impersonation.
	 * @param name the name of the user, such as
	 * {@code system:serviceaccount:default:robot}
	 * @param allowed tells by verb and resource what the user may do, in addition to what
	 * its groups may
	 * @see #addUser(String, String, Predicate)
	 */
	public void addUser(String name, Predicate<String> allowed) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(allowed, "'allowed' must not be null");
		this.rights.ofUser(name, allowed);
	}

	/**
	 * Say what the members of a group may do. Those of {@code system:masters} may do
	 * everything anyway.
	 * @param name the name of the group, such as {@code developers},
	 * {@code system:authenticated} for all users or
	 * {@code system:serviceaccounts:default} for the service accounts of a namespace
	 * @param allowed tells by verb and resource what the members may do
	 * @see #addUser(String, String, Predicate)
	 */
	public void addGroup(String name, Predicate<String> allowed) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(allowed, "'allowed' must not be null");
		this.rights.ofGroup(name, allowed);
	}

	/**
	 * Let the bearer of a token not in any more, and forget what a user may do who has no
	 * other token. Without users and groups everybody may do everything again.
	 * @param token the token
	 */
	public void removeUser(String token) {
		String name = this.users.remove(token);
		if (name != null) {
			this.rights.forgetUser(name);
		}
	}

	/**
	 * What a container has printed.
	 * @param namespace the namespace of the pod
	 * @param pod the name of the pod, which need not exist yet
	 * @param container the name of the container
	 * @return its log, empty at first
	 */
	public PodLog log(String namespace, String pod, String container) {
		return this.logs.of(namespace, pod, container);
	}

	/**
	 * Say what runs when a client executes a command in a pod, or attaches to it.
	 * Without, it is refused as for a pod that no node runs.
	 * @param namespace the namespace of the pod
	 * @param pod the name of the pod, which need not exist yet
	 * @param program what runs, in all containers
	 */
	public void program(String namespace, String pod, PodProgram program) {
		Assert.hasText(namespace, "'namespace' must not be empty");
		Assert.hasText(pod, "'pod' must not be empty");
		Assert.notNull(program, "'program' must not be null");
		this.programs.put(namespace, pod, program);
	}

	/**
	 * Say what stands behind a service, pod or node, and so answers the requests that are
	 * sent to its subresource {@code proxy}. Without, they are answered as those for a
	 * service without endpoints, or for a pod without address.
	 * @param resource {@code services}, {@code pods} or {@code nodes}
	 * @param namespace the namespace, empty for nodes
	 * @param name the name of the object, which need not exist yet
	 * @param backend what answers the requests
	 */
	public void backend(String resource, String namespace, String name, ProxyBackend backend) {
		Assert.isTrue(PROXIED.contains(resource), () -> "'resource' must be one of " + PROXIED);
		Assert.notNull(namespace, "'namespace' must not be null");
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(backend, "'backend' must not be null");
		this.proxies.put(resource, namespace, name, backend);
	}

	/**
	 * Ways to make the server misbehave.
	 * @return the faults
	 */
	public ServerFaults faults() {
		return this.faults;
	}

	/**
	 * How many watches are open. A watch whose client went away is counted until the
	 * server has noticed.
	 * @return the number
	 */
	public int openWatches() {
		return this.store.watchCount();
	}

	@Override
	public String toString() {
		return "EmbeddedApiServer on port " + this.port;
	}

	private HttpServer secured(HttpServer http) {
		ServerCertificate certificate = this.certificate;
		ClientAuthority authority = this.clientAuthority;
		if (certificate == null || authority == null) {
			return http;
		}
		GenericSslContextSpec<?> context = Http2SslContextSpec.forServer(certificate.key(), certificate.certificate())
			.configure((builder) -> builder.clientAuth(ClientAuth.OPTIONAL).trustManager(authority.curiosity()));
		return http.protocol(HttpProtocol.H2, HttpProtocol.HTTP11).secure((ssl) -> ssl.sslContext(context));
	}

	private void remember(Channel channel) {
		this.channels.put(channel, true);
		channel.closeFuture().addListener((future) -> this.channels.remove(channel));
	}

	/**
	 * Close all connections and wait for it: a request on one of them would be answered
	 * in part.
	 */
	private void closeConnections() {
		List<ChannelFuture> closing = this.channels.keySet().stream().map(Channel::close).toList();
		closing.forEach((future) -> future.awaitUninterruptibly(SHUTDOWN_TIMEOUT.toMillis()));
	}

	private void dropConnections() {
		this.channels.keySet().forEach(Channel::close);
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(new byte[0])
			.flatMap((body) -> answer(request, body))
			.flatMap((answer) -> send(answer, response));
	}

	private Mono<ApiResponse> answer(HttpServerRequest request, byte[] body) {
		try {
			ApiRequest apiRequest = new ApiRequest(request.method().name(), request.uri(), request.requestHeaders(),
					body, certificates(request));
			if (!this.shards) {
				apiRequest.parameters().ignore("shardSelector");
			}
			return this.faults.shape(apiRequest, this.handler.handle(apiRequest));
		}
		catch (IllegalArgumentException ex) {
			// a percent sign without two digits after it
			return Mono.just(ApiResponse.text(400, "Bad Request"));
		}
	}

	private static List<X509Certificate> certificates(HttpServerRequest request) {
		List<X509Certificate> certificates = new ArrayList<>();
		request.withConnection((connection) -> {
			SslHandler tls = tls(connection.channel());
			if (tls != null) {
				certificates.addAll(certificates(tls));
			}
		});
		return certificates;
	}

	private static @Nullable SslHandler tls(Channel channel) {
		// a stream of HTTP/2 is a channel of its own
		Channel connection = (channel instanceof Http2StreamChannel) ? channel.parent() : channel;
		return connection.pipeline().get(SslHandler.class);
	}

	private static List<X509Certificate> certificates(SslHandler tls) {
		try {
			return Stream.of(tls.engine().getSession().getPeerCertificates()).map(X509Certificate.class::cast).toList();
		}
		catch (SSLPeerUnverifiedException ex) {
			// none was shown
			return List.of();
		}
	}

	private static Mono<Void> send(ApiResponse answer, HttpServerResponse response) {
		ApiResponse.WebSocket webSocket = answer.webSocket();
		if (webSocket != null) {
			return open(webSocket, response);
		}
		response.status(answer.code());
		response.header(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
		response.header(HttpHeaderNames.CACHE_CONTROL, "no-cache, private");
		answer.headers().forEach((header) -> response.addHeader(header.name(), header.value()));
		if (answer.length() != null) {
			response.header(HttpHeaderNames.CONTENT_LENGTH, answer.length().toString());
		}
		Flux<ByteBuf> body = answer.body().map(Unpooled::wrappedBuffer);
		if (answer.stream()) {
			// a quiet watch must be known to have begun
			return response.sendHeaders().send(body, (piece) -> true).then();
		}
		return response.send(body).then();
	}

	private static Mono<Void> open(ApiResponse.WebSocket webSocket, HttpServerResponse response) {
		return response.sendWebsocket((in, out) -> {
			Flux<byte[]> incoming = in.aggregateFrames(MAX_MESSAGE)
				.receiveFrames()
				.map((frame) -> ByteBufUtil.getBytes(frame.content()));
			return out
				.sendObject(
						webSocket.conversation()
							.apply(incoming)
							.map((message) -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message))),
						(message) -> true)
				.then();
		}, WebsocketServerSpec.builder()
			.protocols(String.join(",", webSocket.subprotocols()))
			.maxFramePayloadLength(MAX_MESSAGE)
			.build());
	}

	/**
	 * Settings of an {@link EmbeddedApiServer}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private int port;

		private int historyLimit = 10_000;

		private Duration bookmarkInterval = Duration.ofMinutes(1);

		private Clock clock = Clock.systemUTC();

		private boolean garbageCollection = true;

		private boolean aggregatedDiscovery = true;

		private boolean tls;

		private boolean streamingLists = true;

		private boolean shards = true;

		private Builder() {
		}

		/**
		 * The port.
		 * @param port the port, 0 (the default) for a free one
		 * @return this builder
		 */
		public Builder port(int port) {
			Assert.isTrue(port >= 0 && port < 65536, "'port' must be between 0 and 65535");
			this.port = port;
			return this;
		}

		/**
		 * How many changes the server remembers. A watch or a list of an older resource
		 * version is answered with {@code 410 Expired}.
		 * @param historyLimit the number of changes, of all resources together; by
		 * default 10,000
		 * @return this builder
		 */
		public Builder historyLimit(int historyLimit) {
			Assert.isTrue(historyLimit > 0, "'historyLimit' must be positive");
			this.historyLimit = historyLimit;
			return this;
		}

		/**
		 * How often watches that asked for bookmarks get one.
		 * @param bookmarkInterval the interval, by default one minute as in the real API
		 * server
		 * @return this builder
		 */
		public Builder bookmarkInterval(Duration bookmarkInterval) {
			Assert.isTrue(bookmarkInterval.toMillis() > 0, "'bookmarkInterval' must be a millisecond or more");
			this.bookmarkInterval = bookmarkInterval;
			return this;
		}

		/**
		 * Where the server takes the time from that it writes into objects, and at which
		 * tokens of service accounts and client certificates expire.
		 * @param clock the clock, by default that of the system
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			Assert.notNull(clock, "'clock' must not be null");
			this.clock = clock;
			return this;
		}

		/**
		 * Whether the server speaks TLS, with a certificate that it makes for itself, and
		 * then HTTP/2 with clients that can. Clients may show certificates.
		 * @param tls true for TLS, false (the default) for plain HTTP/1.1
		 * @return this builder
		 */
		public Builder tls(boolean tls) {
			this.tls = tls;
			return this;
		}

		/**
		 * Whether clients that ask for it get all resources in one document.
		 * @param aggregatedDiscovery true (the default) for a current API server, false
		 * for one before 1.26, which writes a document for each group and version
		 * @return this builder
		 */
		public Builder aggregatedDiscovery(boolean aggregatedDiscovery) {
			this.aggregatedDiscovery = aggregatedDiscovery;
			return this;
		}

		/**
		 * Whether a watch may begin with the present state.
		 * @param streamingLists true (the default) for a current API server, false for
		 * one that refuses {@code sendInitialEvents}
		 * @return this builder
		 */
		public Builder streamingLists(boolean streamingLists) {
			this.streamingLists = streamingLists;
			return this;
		}

		/**
		 * Whether lists, watches and deletions may be limited to a shard.
		 * @param shards true (the default) for an API server that has the feature gate
		 * {@code ShardedListAndWatch} on, false for one that ignores
		 * {@code shardSelector}
		 * @return this builder
		 */
		public Builder shards(boolean shards) {
			this.shards = shards;
			return this;
		}

		/**
		 * Whether dependents of deleted objects are deleted, and objects that wait for
		 * their dependents ({@code Foreground}, {@code Orphan}) are released.
		 * @param garbageCollection true (the default) for a cluster with a controller
		 * manager, false for an API server alone
		 * @return this builder
		 */
		public Builder garbageCollection(boolean garbageCollection) {
			this.garbageCollection = garbageCollection;
			return this;
		}

		/**
		 * Make the server. It is not started yet.
		 * @return the server
		 */
		public EmbeddedApiServer build() {
			return new EmbeddedApiServer(this);
		}

	}

}
