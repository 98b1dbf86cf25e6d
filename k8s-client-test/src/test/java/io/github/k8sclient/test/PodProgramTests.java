package io.github.k8sclient.test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.PodClient;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.streaming.ExecResult;
import io.github.k8sclient.streaming.OutputChunk;
import io.github.k8sclient.test.PodProgram.Output;
import io.github.k8sclient.transport.KubernetesTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PodProgramTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private EmbeddedApiServer server = EmbeddedApiServer.create().start();

	private KubernetesTransport transport;

	@AfterEach
	void close() {
		if (this.transport != null) {
			this.transport.close().block(TIMEOUT);
		}
		this.server.close();
	}

	private PodClient pods() {
		return pods(this.server.clientConfiguration());
	}

	private PodClient pods(ClientConfiguration configuration) {
		this.transport = KubernetesTransport.create(configuration);
		return Clientset.create(RESTClient.create(this.transport)).coreV1().pods("default");
	}

	private PodClient podsWithOne(String... containers) {
		PodClient pods = pods();
		pods.create(Pod.builder().metadata((metadata) -> metadata.name("web")).spec((spec) -> {
			for (String name : containers) {
				spec.addContainer((container) -> container.name(name).image("i"));
			}
		}).build()).block(TIMEOUT);
		return pods;
	}

	@Test
	void commandDoesWhatTheTestTells() {
		PodClient pods = podsWithOne("c");
		this.server.program("default", "web", (execution) -> Flux
			.just(Output.stdout(execution.container() + execution.command()), Output.stderr("oh"), Output.exit(3)));

		assertThat(pods.exec("web", "ls", "-l").result().block(TIMEOUT))
			.isEqualTo(new ExecResult(3, "c[ls, -l]", "oh"));
	}

	@Test
	void commandReadsItsInput() {
		PodClient pods = podsWithOne("c");
		this.server.program("default", "web",
				(execution) -> execution.stdin()
					.map((bytes) -> new String(bytes, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT))
					.map(Output::stdout));

		assertThat(pods.exec("web", "shout").stdin("hello").result().block(TIMEOUT))
			.isEqualTo(new ExecResult(0, "HELLO", ""));
	}

	@Test
	void attachmentTalksToTheProgram() {
		PodClient pods = podsWithOne("c");
		this.server.program("default", "web", (execution) -> execution.stdin()
			.take(1)
			.map((bytes) -> Output
				.stdout(execution.command() + new String(bytes, StandardCharsets.UTF_8) + execution.terminal())));
		DataBuffer input = DefaultDataBufferFactory.sharedInstance.wrap("hi".getBytes(StandardCharsets.UTF_8));

		StepVerifier
			.create(pods.attach("web")
				.terminal(Mono.empty())
				.stdin(Mono.just(input).concatWith(Mono.never()))
				.output()
				.map(OutputChunk::text))
			.expectNext("[]hitrue")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void clientThatGoesAwayCancelsTheProgram() {
		PodClient pods = podsWithOne("c");
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		this.server.program("default", "web",
				(execution) -> Flux.just(Output.stdout("first"))
					.concatWith(Flux.never())
					.doOnCancel(() -> cancelled.complete(null)));

		StepVerifier.create(pods.exec("web", "tail").output()).expectNextCount(1).thenCancel().verify(TIMEOUT);

		assertThat(cancelled).succeedsWithin(TIMEOUT);
	}

	@Test
	void programThatFailsIsAnErrorOfTheApi() {
		PodClient pods = podsWithOne("c");
		this.server.program("default", "web", (execution) -> Flux.error(new IllegalStateException("no such file")));

		assertThatExceptionOfType(KubernetesApiException.class)
			.isThrownBy(() -> pods.exec("web", "nothing").result().block(TIMEOUT))
			.withMessageContaining("no such file");
	}

	@Test
	void tlsMakesNoDifference() {
		this.server.close();
		this.server = EmbeddedApiServer.builder().tls(true).build().start();
		PodClient pods = podsWithOne("c");
		this.server.program("default", "web", (execution) -> Flux.just(Output.stdout("hello")));

		assertThat(pods.exec("web", "hello").result().block(TIMEOUT)).isEqualTo(new ExecResult(0, "hello", ""));
	}

	@Test
	void refusalsAreThoseOfTheApiServer() {
		PodClient pods = podsWithOne("a", "b");

		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> pods.exec("none", "ls").result().block(TIMEOUT))
			.withMessageContaining("pods \"none\" not found");
		assertThatExceptionOfType(KubernetesApiException.class)
			.isThrownBy(() -> pods.exec("web", "ls").result().block(TIMEOUT))
			.withMessageContaining("a container name must be specified for pod web, choose one of: [a b]");
		assertThatExceptionOfType(KubernetesApiException.class)
			.isThrownBy(() -> pods.exec("web", "ls").container("c").result().block(TIMEOUT))
			.withMessageContaining("container c is not valid for pod web");
		assertThatExceptionOfType(KubernetesApiException.class)
			.isThrownBy(() -> pods.exec("web", "ls").container("a").result().block(TIMEOUT))
			.withMessageContaining("pod web does not have a host assigned");
	}

	@Test
	void requestWithoutUpgradeIsRefused() throws Exception {
		podsWithOne("c");

		HttpResponse<String> answer = HttpClient.newHttpClient()
			.send(HttpRequest
				.newBuilder(this.server.url().resolve("/api/v1/namespaces/default/pods/web/exec?command=ls"))
				.timeout(TIMEOUT)
				.build(), HttpResponse.BodyHandlers.ofString());

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("Upgrade request required");
	}

	@Test
	void usersNeedTheRightToExecute() {
		this.server.close();
		this.server = EmbeddedApiServer.builder().tls(true).build().start();
		podsWithOne("c");
		this.transport.close().block(TIMEOUT);
		this.server.program("default", "web", (execution) -> Flux.just(Output.stdout("hello")));
		this.server.addUser("alice", "a", List.of("get pods/exec")::contains);
		this.server.addUser("bob", "b", List.of("get pods")::contains);

		assertThat(pods(this.server.clientConfiguration("a")).exec("web", "ls").exitCode().block(TIMEOUT)).isZero();
		this.transport.close().block(TIMEOUT);
		assertThatExceptionOfType(ForbiddenException.class)
			.isThrownBy(() -> pods(this.server.clientConfiguration("b")).exec("web", "ls").exitCode().block(TIMEOUT));
	}

}
