package io.github.k8sclient.test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k8sclient.config.ClientConfiguration;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

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
 * switched off}. It has no users: every request may do everything. It does not have
 * admission webhooks and tables, converts custom resources only by the strategy
 * {@code None}, and does not evaluate validation rules in CEL.
 * <p>
 * Objects live in memory. They survive {@link #stop()} and {@link #restart()}, as those
 * of a real API server survive in etcd; {@link #close()} ends the server for good. All
 * methods may be called from any thread but from one of the event loop.
 *
 * @since 0.1.0
 */
public final class EmbeddedApiServer implements AutoCloseable {

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

	private final int wantedPort;

	private final ObjectStore store;

	private final ServerFaults faults;

	private final ApiHandler handler;

	private final Scheduler scheduler;

	private final Map<Channel, Boolean> channels = new ConcurrentHashMap<>();

	private int port;

	private @Nullable DisposableServer server;

	private EmbeddedApiServer(Builder builder) {
		this.wantedPort = builder.port;
		this.scheduler = Schedulers.newParallel("embedded-api-server", 2, true);
		this.store = new ObjectStore(builder.historyLimit);
		this.faults = new ServerFaults(this.store, this::dropConnections);
		ResourceCatalog catalog = new ResourceCatalog();
		ResourceOperations operations = new ResourceOperations(this.store, catalog, builder.clock,
				builder.garbageCollection);
		WatchHandler watches = new WatchHandler(this.store, this.scheduler, builder.bookmarkInterval);
		this.handler = new ApiHandler(catalog, this.faults, new DiscoveryHandler(catalog),
				new ResourceHandler(operations, watches));
		InitialObjects.create(operations, catalog);
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
			this.server = HttpServer.create()
				.host("127.0.0.1")
				.port((this.port != 0) ? this.port : this.wantedPort)
				.doOnConnection((connection) -> {
					this.channels.put(connection.channel(), true);
					connection.onDispose(() -> this.channels.remove(connection.channel()));
				})
				.handle(this::handle)
				.bindNow();
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
		dropConnections();
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
	 * @return the URL, such as {@code http://127.0.0.1:40001}
	 * @throws IllegalStateException if the server was never started
	 */
	public synchronized URI url() {
		Assert.state(this.port != 0, "The server was never started");
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * A configuration for clients of this server.
	 * @return the configuration, with namespace {@code default}
	 * @throws IllegalStateException if the server was never started
	 */
	public ClientConfiguration clientConfiguration() {
		return ClientConfiguration.builder().server(url()).source("embedded API server " + url()).build();
	}

	/**
	 * A kubeconfig for this server, for programs such as {@code kubectl}.
	 * @return the text of the file
	 * @throws IllegalStateException if the server was never started
	 */
	public String kubeconfig() {
		return Kubeconfigs.of("embedded", url(), null, null);
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

	private void dropConnections() {
		this.channels.keySet().forEach(Channel::close);
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(new byte[0])
			.map((body) -> answer(request, body))
			.flatMap((answer) -> send(answer, response));
	}

	private ApiResponse answer(HttpServerRequest request, byte[] body) {
		try {
			return this.handler.handle(apiRequest(request, body));
		}
		catch (IllegalArgumentException ex) {
			// a percent sign without two digits after it
			return ApiResponse.text(400, "Bad Request");
		}
	}

	private static ApiRequest apiRequest(HttpServerRequest request, byte[] body) {
		String uri = request.uri();
		int question = uri.indexOf('?');
		String path = (question < 0) ? uri : uri.substring(0, question);
		String query = (question < 0) ? null : uri.substring(question + 1);
		return new ApiRequest(request.method().name(), path, QueryParameters.parse(query),
				request.requestHeaders().get(HttpHeaderNames.ACCEPT),
				request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE),
				request.requestHeaders().get(HttpHeaderNames.USER_AGENT), body);
	}

	private static Mono<Void> send(ApiResponse answer, HttpServerResponse response) {
		response.status(answer.code());
		response.header(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
		response.header(HttpHeaderNames.CACHE_CONTROL, "no-cache, private");
		if (answer.retryAfter() != null) {
			response.header(HttpHeaderNames.RETRY_AFTER, Long.toString(answer.retryAfter().toSeconds()));
		}
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

	/**
	 * Settings of an {@link EmbeddedApiServer}. Not safe for use by several threads.
	 */
	public static final class Builder {

		private int port;

		private int historyLimit = 10_000;

		private Duration bookmarkInterval = Duration.ofMinutes(1);

		private Clock clock = Clock.systemUTC();

		private boolean garbageCollection = true;

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
		 * Where the server takes the time from that it writes into objects.
		 * @param clock the clock, by default that of the system
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			Assert.notNull(clock, "'clock' must not be null");
			this.clock = clock;
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
