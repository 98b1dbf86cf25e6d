package io.github.k8sclient.test.conformance;

import java.util.stream.Stream;

import io.github.k8sclient.test.ApiServerLauncher;
import io.github.k8sclient.test.EmbeddedApiServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The servers of the conformance suite, one of each for the whole test run.
 */
final class ConformanceServers {

	private static final Log logger = LogFactory.getLog(ConformanceServers.class);

	private static ConformanceServer embedded;

	private static ConformanceServer real;

	private static boolean launched;

	private ConformanceServers() {
	}

	static synchronized Stream<ConformanceServer> all() {
		if (embedded == null) {
			// as an API server alone: without the garbage collector that is part of the
			// controller manager
			EmbeddedApiServer server = EmbeddedApiServer.builder().garbageCollection(false).build().start();
			embedded = new ConformanceServer("embedded", server.clientConfiguration(), null, server::restart);
		}
		if (!launched && ApiServerLauncher.isAvailable()) {
			launched = true;
			real = launch();
		}
		return Stream.of(embedded, real).filter((server) -> server != null);
	}

	private static ConformanceServer launch() {
		// its processes end with this JVM
		ApiServerLauncher launcher = ApiServerLauncher.create().start();
		ConformanceServer server = new ConformanceServer("real", launcher.clientConfiguration(), launcher.adminToken(),
				launcher::restartApiServer);
		if (server.speaksJson()) {
			return server;
		}
		logger.warn("The API server of " + ApiServerLauncher.ASSETS_VARIABLE + " breaks off when it is to write JSON "
				+ "(releases before 1.22 do when they are built with Go 1.18 or later), so nothing is tested with it");
		launcher.close();
		return null;
	}

}
