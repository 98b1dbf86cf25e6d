package io.github.k8sclient.test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodLogOptions;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.PodClient;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.streaming.ExecResult;
import io.github.k8sclient.streaming.LocalPort;
import io.github.k8sclient.streaming.OutputChunk;
import io.github.k8sclient.transport.KubernetesTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Streams through a real API server to a kubelet that speaks WebSockets: until 1.29 all
 * do, and are spoken to in version 4; from 1.36 on those that declare it. In between, API
 * servers translate version 5 to SPDY.
 */
@EnabledIfEnvironmentVariable(named = ApiServerLauncher.ASSETS_VARIABLE, matches = ".+")
class KubeletStreamsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static ApiServerLauncher server;

	private static FakeKubelet kubelet;

	private static KubernetesTransport transport;

	private static PodClient pods;

	private static int minor;

	@BeforeAll
	static void start() {
		server = ApiServerLauncher.create().start();
		kubelet = new FakeKubelet();
		transport = KubernetesTransport.create(server.clientConfiguration());
		RESTClient restClient = RESTClient.create(transport);
		minor = Integer.parseInt(DiscoveryClient.create(restClient).serverVersion().block(TIMEOUT).minor());
		Clientset clientset = Clientset.create(restClient);
		pods = clientset.coreV1().pods("default");
		Node node = clientset.coreV1()
			.nodes()
			.create(Node.builder().metadata((metadata) -> metadata.name("worker")).build())
			.block(TIMEOUT);
		clientset.coreV1()
			.nodes()
			.updateStatus(node.toBuilder()
				.status((status) -> status.addAddress((address) -> address.type("InternalIP").address("127.0.0.1"))
					.daemonEndpoints(
							(endpoints) -> endpoints.kubeletEndpoint((endpoint) -> endpoint.port(kubelet.port())))
					.addDeclaredFeature("ExtendWebSocketsToKubelet"))
				.build())
			.block(TIMEOUT);
		pods.create(Pod.builder()
			.metadata((metadata) -> metadata.name("web"))
			.spec((spec) -> spec.nodeName("worker").addContainer((container) -> container.name("c").image("i")))
			.build()).block(TIMEOUT);
	}

	@AfterAll
	static void stop() {
		transport.close().block(TIMEOUT);
		kubelet.close();
		server.close();
	}

	private static Flux<DataBuffer> lines(String... lines) {
		return Flux.just(lines)
			.map((line) -> DefaultDataBufferFactory.sharedInstance.wrap(line.getBytes(StandardCharsets.UTF_8)));
	}

	private static void assumeWebSocketsToTheKubelet() {
		Assumptions.assumeTrue(minor < 30 || minor >= 36, "1.30 to 1.35 speak SPDY to the kubelet");
	}

	@Test
	void commandIsRun() {
		assumeWebSocketsToTheKubelet();

		assertThat(pods.exec("web", "cat", "a b").stdin(lines("one\n", "end\n")).result().block(TIMEOUT))
			.isEqualTo(new ExecResult(0, "one\n", ""));

		assertThat(kubelet.requests()).anyMatch((target) -> target.startsWith("/exec/default/web/c?")
				&& target.contains("command=cat&command=a+b") && target.contains("input=1"));
		assertThat(kubelet.subprotocols()).contains((minor < 30) ? "v4.channel.k8s.io" : "v5.channel.k8s.io");
	}

	@Test
	void inputEndsInVersion5() {
		Assumptions.assumeTrue(minor >= 36, "older servers speak version 4, or SPDY, to the kubelet");

		assertThat(pods.exec("web", "cat").stdin("all of it").result().block(TIMEOUT))
			.isEqualTo(new ExecResult(0, "all of it", ""));
	}

	@Test
	void exitCodeIsPassedOn() {
		assumeWebSocketsToTheKubelet();

		assertThat(pods.exec("web", "fail").container("c").result().block(TIMEOUT))
			.isEqualTo(new ExecResult(3, "", "no way"));
	}

	@Test
	void attachmentIsMade() {
		assumeWebSocketsToTheKubelet();

		StepVerifier.create(pods.attach("web").output().map(OutputChunk::text))
			.expectNext("hello")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void portIsForwarded() throws IOException {
		LocalPort local = pods.portForward("web", 8080).listen().block(TIMEOUT);

		try (Socket socket = new Socket("127.0.0.1", local.port())) {
			socket.setSoTimeout((int) TIMEOUT.toMillis());
			socket.getOutputStream().write("hello and bye".getBytes(StandardCharsets.UTF_8));
			assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("HELLO AND BYE");
		}
		local.close().block(TIMEOUT);
		assertThat(kubelet.requests()).contains("/portForward/default/web?port=8080");
	}

	@Test
	void logIsFollowed() {
		PodLogOptions options = PodLogOptions.builder()
			.follow(true)
			.tailLines(5L)
			.sinceSeconds(60L)
			.timestamps(true)
			.build();

		StepVerifier.create(pods.logLines("web", options)).assertNext((line) -> {
			assertThat(line).startsWith("/containerLogs/default/web/c?");
			assertThat(line).contains("follow=true", "tailLines=5", "sinceSeconds=60", "timestamps=true");
		}).expectNext("end").thenCancel().verify(TIMEOUT);
	}

	@Test
	void logEndsUnlessItIsFollowed() {
		StepVerifier.create(pods.logLines("web"))
			.expectNext("/containerLogs/default/web/c", "end")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void refusalsAreErrorsOfTheApi() {
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> pods.exec("none", "ls").result().block(TIMEOUT))
			.withMessageContaining("pods \"none\" not found");
		assertThatExceptionOfType(KubernetesApiException.class)
			.isThrownBy(() -> pods.exec("web", "ls").container("x").result().block(TIMEOUT))
			.withMessageContaining("container x is not valid for pod web")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(400));
	}

}
