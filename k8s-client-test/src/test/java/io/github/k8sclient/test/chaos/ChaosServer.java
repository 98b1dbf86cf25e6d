package io.github.k8sclient.test.chaos;

import java.net.URI;
import java.util.stream.Stream;

import io.github.k8sclient.client.ListWatches;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.test.ApiServerLauncher;
import io.github.k8sclient.test.EmbeddedApiServer;
import io.github.k8sclient.test.ServerFaults;
import io.github.k8sclient.transport.KubernetesTransport;
import io.github.k8sclient.watch.ListWatchProvider;
import org.jspecify.annotations.Nullable;

/**
 * An API server that can be killed, with a network before it that can be broken.
 *
 * @param name what the server is
 * @param configuration how to reach the server without that network
 * @param proxy the network
 * @param kill kills the server
 * @param start starts it again
 * @param shutdown ends it
 * @param faults what else the server can do wrong, {@code null} if it does all right
 */
record ChaosServer(String name, ClientConfiguration configuration, TcpProxy proxy, Runnable kill, Runnable start,
		Runnable shutdown, @Nullable ServerFaults faults) implements AutoCloseable {

	/**
	 * Name the servers that there are.
	 * @return the one in this JVM, and the real one if its programs are there
	 */
	static Stream<String> available() {
		return ApiServerLauncher.isAvailable() ? Stream.of("embedded", "real") : Stream.of("embedded");
	}

	static ChaosServer start(String name) {
		if (name.equals("embedded")) {
			EmbeddedApiServer server = EmbeddedApiServer.create().start();
			return of(name, server.clientConfiguration(), server::stop, server::start, server::close, server.faults());
		}
		ApiServerLauncher launcher = ApiServerLauncher.create().start();
		return of(name, launcher.clientConfiguration(), launcher::stopApiServer, launcher::startApiServer,
				launcher::close, null);
	}

	private static ChaosServer of(String name, ClientConfiguration configuration, Runnable kill, Runnable start,
			Runnable shutdown, @Nullable ServerFaults faults) {
		ClientConfiguration unlimited = configuration.toBuilder().qps(0).build();
		return new ChaosServer(name, unlimited, TcpProxy.to(configuration.server().getPort()), kill, start, shutdown,
				faults);
	}

	/**
	 * Return a client of its own connections.
	 * @return a client that sees the kills of the server, but nothing of the network
	 */
	RESTClient directClient() {
		return RESTClient.create(this.configuration, KubernetesTransport.create(this.configuration));
	}

	ListWatchProvider direct() {
		return ListWatches.over(directClient());
	}

	ListWatchProvider proxied() {
		URI server = this.configuration.server();
		URI behind = URI.create(server.getScheme() + "://127.0.0.1:" + this.proxy.port());
		ClientConfiguration proxied = this.configuration.toBuilder().server(behind).build();
		return ListWatches.over(RESTClient.create(proxied, KubernetesTransport.create(proxied)));
	}

	/**
	 * Let everything be as it should be.
	 */
	void heal() {
		this.proxy.thaw();
		if (this.faults != null) {
			this.faults.clear();
		}
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
