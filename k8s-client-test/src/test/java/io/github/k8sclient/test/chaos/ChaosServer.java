package io.github.k8sclient.test.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.test.ApiServerLauncher;
import io.github.k8sclient.test.EmbeddedApiServer;
import io.github.k8sclient.test.ServerFaults;
import io.github.k8sclient.transport.KubernetesTransport;
import io.github.k8sclient.watch.ListWatchProvider;

/**
 * An API server that can be killed, with a network before it that can be broken.
 *
 * @param name what the server is
 * @param configuration how to reach the server without that network
 * @param proxy the network
 * @param faults what can go wrong with the server
 * @param mend mends what faults may have left
 * @param shutdown ends the server
 */
record ChaosServer(String name, ClientConfiguration configuration, TcpProxy proxy, List<ChaosFault> faults,
		Runnable mend, Runnable shutdown) implements AutoCloseable {

	private static final Duration IDLE_TIME = Duration.ofSeconds(2);

	private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Name the servers to test with.
	 * @return the one that the system property {@code chaos.server} names, or the one in
	 * this JVM and the real one if its programs are there
	 */
	static Stream<String> available() {
		String chosen = System.getProperty("chaos.server");
		if (chosen != null) {
			return Stream.of(chosen);
		}
		return ApiServerLauncher.isAvailable() ? Stream.of("embedded", "real") : Stream.of("embedded");
	}

	static ChaosServer start(String name) {
		if (name.equals("embedded")) {
			EmbeddedApiServer server = EmbeddedApiServer.create().start();
			return of(name, server.clientConfiguration(), faultsOf(server), server.faults()::clear, server::close);
		}
		ApiServerLauncher launcher = ApiServerLauncher.create().start();
		return of(name, launcher.clientConfiguration(), faultsOf(launcher), launcher::resumeApiServer, launcher::close);
	}

	private static ChaosServer of(String name, ClientConfiguration configuration, List<ChaosFault> faults,
			Runnable mend, Runnable shutdown) {
		ClientConfiguration unlimited = configuration.toBuilder().qps(0).build();
		return new ChaosServer(name, unlimited, TcpProxy.to(configuration.server().getPort()), faults, mend, shutdown);
	}

	private static List<ChaosFault> faultsOf(EmbeddedApiServer server) {
		ServerFaults faults = server.faults();
		ChaosFault killed = new ChaosFault("killed", server::stop, server::start);
		ChaosFault compacted = new ChaosFault("history compacted", faults::expireWatches, faults::clear);
		return List.of(killed, killed, compacted, compacted,
				new ChaosFault("watches ended", faults::endWatches, faults::clear),
				new ChaosFault("watches silenced", faults::blackholeWatches, faults::dropConnections),
				new ChaosFault("watches paused", faults::pauseWatches, faults::resumeWatches),
				new ChaosFault("bookmarks withheld", () -> faults.withholdBookmarks(true),
						() -> faults.withholdBookmarks(false)),
				new ChaosFault("throttled", () -> faults.answerNext(3, 429, Duration.ofSeconds(1)), faults::clear),
				new ChaosFault("internal errors",
						() -> faults.answerNext(3, 500, null, (line) -> line.startsWith("WATCH")), faults::clear),
				new ChaosFault("unavailable", () -> faults.answerNext(5, 503), faults::clear),
				new ChaosFault("forbidden", () -> faults.forbid("configmaps"), () -> faults.allow("configmaps")));
	}

	private static List<ChaosFault> faultsOf(ApiServerLauncher launcher) {
		ChaosFault killed = new ChaosFault("killed", launcher::stopApiServer, launcher::startApiServer);
		return List.of(killed, killed,
				new ChaosFault("stopped by a signal", launcher::pauseApiServer, launcher::resumeApiServer),
				ChaosFault.at("history compacted", launcher::compactHistory),
				new ChaosFault("killed and history compacted", () -> {
					launcher.stopApiServer();
					launcher.compactHistory();
				}, launcher::startApiServer));
	}

	/**
	 * Return a client of its own connections.
	 * @return a client that sees the kills of the server, but nothing of the network
	 */
	RESTClient directClient() {
		return RESTClient.create(this.configuration);
	}

	ListWatchProvider direct() {
		return Clientset.create(directClient());
	}

	/**
	 * Return a provider behind that network. Its connections that were forgotten are
	 * found in seconds, not in most of a minute as by default.
	 * @return a provider of its own connections
	 */
	ListWatchProvider proxied() {
		URI server = this.configuration.server();
		URI behind = URI.create(server.getScheme() + "://127.0.0.1:" + this.proxy.port());
		ClientConfiguration proxied = this.configuration.toBuilder().server(behind).build();
		return Clientset
			.create(RESTClient.create(KubernetesTransport.builder(proxied).liveness(IDLE_TIME, PING_TIMEOUT).build()));
	}

	/**
	 * Let everything be as it should be.
	 */
	void heal() {
		this.proxy.thaw();
		this.mend.run();
	}

	@Override
	public void close() {
		this.proxy.close();
		this.shutdown.run();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
