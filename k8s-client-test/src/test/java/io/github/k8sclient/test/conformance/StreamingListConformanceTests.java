package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.test.EmbeddedApiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Informers that want to stream their first list, on servers that do, on those that
 * refuse because the feature gate is off, and on those that do not know how.
 */
@ParameterizedClass(name = "{0}, streaming lists off: {1}")
@MethodSource("servers")
class StreamingListConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter(0)
	ConformanceServer server;

	@Parameter(1)
	boolean off;

	static Stream<Arguments> servers() {
		return Stream.concat(ConformanceServers.all().map((server) -> Arguments.of(server, false)),
				ConformanceServers.with(EmbeddedApiServer.builder().streamingLists(false), "WatchList=false", 34)
					.map((server) -> Arguments.of(server, true)));
	}

	@AfterParameterizedClassInvocation
	static void releaseServer(ConformanceServer server) {
		ConformanceServers.release(server);
	}

	@Test
	void serverWhoseGateIsOffRefusesToStream() {
		Assumptions.assumeTrue(this.off, "the gate is on");

		Answer answer = this.server.get("/api/v1/configmaps?watch=1&sendInitialEvents=true"
				+ "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

		assertThat(answer.code()).isEqualTo(422);
		assertThat(answer.at("/reason").asString()).isEqualTo("Invalid");
		assertThat(answer.at("/message").asString())
			.endsWith("sendInitialEvents is forbidden for watch unless the " + "WatchList feature gate is enabled");
	}

	@Test
	void informerIsSyncedAndFollowsWhetherOrNotTheServerStreams() {
		String namespace = this.server.newNamespace();
		ResourceClient<ConfigMap> maps = this.server.clientset().coreV1().configMaps(namespace);
		maps.create(TestObjects.map("a")).block(TIMEOUT);
		SharedInformerFactory factory = SharedInformerFactory.create(this.server.clientset());
		SharedInformer<ConfigMap> informer = factory.forResource(ConfigMap.class)
			.inNamespace(namespace)
			.withLabelSelector(TestObjects.MINE)
			.informer();

		factory.start();
		informer.whenSynced(TIMEOUT).block(TIMEOUT);
		assertThat(names(informer)).containsExactly("a");
		maps.create(TestObjects.map("b")).block(TIMEOUT);
		maps.delete("a").block(TIMEOUT);

		Awaitility.await().atMost(TIMEOUT).until(() -> names(informer).equals(Set.of("b")));
		factory.stop().block(TIMEOUT);
	}

	private static Set<String> names(SharedInformer<ConfigMap> informer) {
		return informer.store().stream().map((map) -> map.metadata().name()).collect(Collectors.toSet());
	}

}
