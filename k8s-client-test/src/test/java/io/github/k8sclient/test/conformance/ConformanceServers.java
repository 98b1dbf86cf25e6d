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
			EmbeddedApiServer server = EmbeddedApiServer.builder().garbageCollection(false).build().start();
			embedded = new ConformanceServer("embedded", server.clientConfiguration(), null, server::restart);
		}
		if (real == null && ApiServerLauncher.isAvailable()) {
			// its processes end with this JVM
			ApiServerLauncher launcher = ApiServerLauncher.create().start();
			real = new ConformanceServer("real", launcher.clientConfiguration(), launcher.adminToken(),
					launcher::restartApiServer);
		}
		return Stream.of(embedded, real).filter((server) -> server != null);
	}

}
