package io.github.k8sclient.test.conformance;

import java.util.stream.Stream;

import io.github.k8sclient.test.ApiServerLauncher;
import io.github.k8sclient.test.EmbeddedApiServer;

/**
 * The servers of the conformance suite, one of each for the whole test run.
 */
final class ConformanceServers {

	private static ConformanceServer embedded;

	private static ConformanceServer real;

	private ConformanceServers() {
	}

	static synchronized Stream<ConformanceServer> all() {
		if (embedded == null) {
			// as an API server alone: without the garbage collector that is part of the
			// controller manager
			embedded = ConformanceServer.of(EmbeddedApiServer.builder().garbageCollection(false).build());
		}
		if (real == null && ApiServerLauncher.isAvailable()) {
			real = ConformanceServer.of(ApiServerLauncher.create());
		}
		return Stream.of(embedded, real).filter((server) -> server != null);
	}

	/**
	 * Start servers that differ in a feature. They have to be {@linkplain #release
	 * released}.
	 * @param embedded the server in this JVM
	 * @param featureGate the feature gate of the real server and its value
	 * @param minor the release from which on that server has the gate
	 * @return the servers, each started when it is needed
	 */
	static Stream<ConformanceServer> with(EmbeddedApiServer.Builder embedded, String featureGate, int minor) {
		return Stream.concat(Stream.of(embedded.build()).map(ConformanceServer::of),
				all().filter((server) -> server.isReal() && server.isRelease(minor))
					.map((server) -> ApiServerLauncher.create().flags("--feature-gates=" + featureGate))
					.map(ConformanceServer::of));
	}

	/**
	 * End a server unless it is one for the whole test run.
	 * @param server the server
	 */
	static void release(ConformanceServer server) {
		if (all().noneMatch(server::equals)) {
			server.shutdown();
		}
	}

}
