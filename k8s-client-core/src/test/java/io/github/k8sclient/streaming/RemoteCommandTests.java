package io.github.k8sclient.streaming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.PodClient;
import io.github.k8sclient.rest.ScriptedApiServer;
import io.github.k8sclient.streaming.OutputChunk.Source;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RemoteCommand}, and what {@link RemoteAttachment} has in common with
 * it.
 */
class RemoteCommandTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String V5 = "v5.channel.k8s.io";

	private static final String V4 = "v4.channel.k8s.io";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private PodClient pods() {
		return Clientset.create(this.server.client()).coreV1().pods("a");
	}

	private ScriptedStreams answer(String subprotocol, ScriptedStreams streams) {
		this.server.answer(streams.answer(subprotocol));
		return streams;
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void askForTheStreamsAndTheNewerProtocolFirst() {
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.SUCCESS)));

		pods().exec("web", "ls", "-l", "a b").container("c").result().block(TIMEOUT);

		RecordedRequest request = this.server.request();
		assertThat(request.getMethod()).isEqualTo("GET");
		assertThat(request.getTarget()).isEqualTo("/api/v1/namespaces/a/pods/web/exec"
				+ "?command=ls&command=-l&command=a%20b&container=c&stdout=true&stderr=true");
		assertThat(request.getHeaders().get("Upgrade")).isEqualToIgnoringCase("websocket");
		assertThat(request.getHeaders().get("Sec-WebSocket-Protocol").replace(" ", "")).isEqualTo(V5 + "," + V4);
		assertThat(request.getHeaders().get("User-Agent")).isNotBlank();
	}

	@Test
	void terminalHasNoStandardError() {
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.SUCCESS)));

		pods().exec("web", "sh").stdin(Mono.empty()).terminal(Mono.empty()).output().blockLast(TIMEOUT);

		assertThat(this.server.requestLine())
			.isEqualTo("GET /api/v1/namespaces/a/pods/web/exec?command=sh&stdin=true&stdout=true&tty=true");
	}

	@ParameterizedTest
	@ValueSource(strings = { V5, V4 })
	void resultHasExitCodeAndBothStreams(String subprotocol) {
		answer(subprotocol, ScriptedStreams.onOpen((socket) -> {
			ScriptedStreams.send(socket, 1, "");
			ScriptedStreams.send(socket, 1, "out, ");
			ScriptedStreams.send(socket, 2, "err");
			ScriptedStreams.send(socket, 1, "more");
			ScriptedStreams.end(socket, ScriptedStreams.exit(3));
		}));

		ExecResult result = pods().exec("web", "sh").result().block(TIMEOUT);

		assertThat(result).isEqualTo(new ExecResult(3, "out, more", "err"));
		assertThat(result.isSuccess()).isFalse();
		assertThat(result.toString()).doesNotContain("more");
	}

	@Test
	void charactersMayBeCut() {
		answer(V5, ScriptedStreams.onOpen((socket) -> {
			socket.send(ByteString.of((byte) 1, (byte) 0xe2, (byte) 0x82));
			socket.send(ByteString.of((byte) 1, (byte) 0xac));
			ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
		}));

		assertThat(pods().exec("web", "sh").result().block(TIMEOUT)).isEqualTo(new ExecResult(0, "€", ""));
	}

	@Test
	void exitCodeIsThatOfTheCommand() {
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.SUCCESS)));
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.exit(137))));

		assertThat(pods().exec("web", "true").exitCode().block(TIMEOUT)).isZero();
		assertThat(pods().exec("web", "false").exitCode().block(TIMEOUT)).isEqualTo(137);
	}

	@Test
	void outputComesInOrderAndCompletesAfterSuccess() {
		answer(V5, ScriptedStreams.onOpen((socket) -> {
			ScriptedStreams.send(socket, 2, "1");
			ScriptedStreams.send(socket, 1, "2");
			ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
		}));

		StepVerifier.create(pods().exec("web", "sh").output())
			.assertNext((chunk) -> assertThat(chunk.source() + chunk.text()).isEqualTo(Source.STDERR + "1"))
			.assertNext((chunk) -> assertThat(chunk.source() + chunk.text()).isEqualTo(Source.STDOUT + "2"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void outputFailsAfterAnotherExitCode() {
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.exit(2))));

		StepVerifier.create(pods().exec("web", "sh", "-c", "password").stdout())
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessage("The command ended with exit code 2")
				.isInstanceOfSatisfying(CommandExitException.class, (exit) -> assertThat(exit.exitCode()).isEqualTo(2)))
			.verify(TIMEOUT);
		assertThat(this.server.requestLine()).endsWith("stdout=true");
	}

	@Test
	void standardInputHasAnEndInVersion5() {
		ScriptedStreams streams = answer(V5, ScriptedStreams.onMessage((socket, message) -> {
			if (message.startsWith("[255]")) {
				ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
			}
		}));

		pods().exec("web", "cat").stdin("some text").result().block(TIMEOUT);

		assertThat(streams.seen()).containsExactly("[0]some text", "[255]NUL");
		assertThat(this.server.requestLine()).contains("&stdin=true&");
	}

	@Test
	void standardInputHasNoEndInVersion4() {
		Sinks.One<TerminalSize> size = Sinks.one();
		Mono<DataBuffer> stdin = Mono.fromSupplier(() -> buffer("exit"))
			.doAfterTerminate(() -> size.tryEmitValue(new TerminalSize(80, 25)));
		ScriptedStreams streams = answer(V4, ScriptedStreams.onMessage((socket, message) -> {
			if (message.startsWith("[4]")) {
				ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
			}
		}));

		pods().exec("web", "sh").stdin(stdin).terminal(size.asMono()).output().blockLast(TIMEOUT);

		assertThat(streams.seen()).containsExactly("[0]exit", "[4]{\"Width\":80,\"Height\":25}");
	}

	@Test
	void longStandardInputIsSentInPieces() {
		String text = "0123456789".repeat(10_000);
		ScriptedStreams streams = answer(V5, ScriptedStreams.onMessage((socket, message) -> {
			if (message.startsWith("[255]")) {
				ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
			}
		}));

		pods().exec("web", "cat").stdin(text).result().block(TIMEOUT);

		List<String> pieces = streams.seen().subList(0, streams.seen().size() - 1);
		assertThat(pieces.stream().map((piece) -> piece.substring(3)).collect(Collectors.joining())).isEqualTo(text);
		assertThat(pieces).hasSize(4).allMatch((piece) -> piece.length() <= 3 + 32 * 1024);
	}

	@Test
	void conversationIsPossible() {
		answer(V5, ScriptedStreams.onMessage((socket, message) -> {
			if (message.startsWith("[255]")) {
				ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
			}
			else {
				ScriptedStreams.send(socket, 1, message.substring(3).toUpperCase());
			}
		}));
		Sinks.Many<DataBuffer> stdin = Sinks.many().unicast().onBackpressureBuffer();

		StepVerifier.create(pods().exec("web", "sh").stdin(stdin.asFlux()).output().map(OutputChunk::text))
			.then(() -> stdin.tryEmitNext(buffer("one")).orThrow())
			.expectNext("ONE")
			.then(() -> stdin.tryEmitNext(buffer("two")).orThrow())
			.expectNext("TWO")
			.then(() -> stdin.tryEmitComplete().orThrow())
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void endOfTheCommandCancelsItsInput() {
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.SUCCESS)));
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		Flux<DataBuffer> stdin = Flux.<DataBuffer>never().doOnCancel(() -> cancelled.complete(null));

		pods().exec("web", "sh").stdin(stdin).result().block(TIMEOUT);

		assertThat(cancelled).succeedsWithin(TIMEOUT);
	}

	@Test
	void failureOfTheInputIsThatOfTheOutput() {
		ScriptedStreams streams = answer(V5, ScriptedStreams.onOpen((socket) -> {
		}));

		StepVerifier.create(pods().exec("web", "sh").stdin(Mono.error(new IOException("no such file"))).output())
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KubernetesException.class)
				.hasMessageEndingWith("/exec: what is to be sent cannot be had: no such file")
				.hasCauseInstanceOf(IOException.class))
			.verify(TIMEOUT);

		assertThat(streams.ended()).succeedsWithin(TIMEOUT);
	}

	@Test
	void cancellationClosesTheConnection() {
		TestPublisher<DataBuffer> stdin = TestPublisher.create();
		ScriptedStreams streams = answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.send(socket, 1, "x")));

		StepVerifier.create(pods().exec("web", "sh").stdin(stdin).output())
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);

		assertThat(streams.ended()).succeedsWithin(TIMEOUT);
		stdin.assertCancelled();
	}

	@Test
	void commandThatCannotBeStartedIsAnErrorOfTheApi() {
		answer(V5,
				ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket,
						"{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"InternalError\","
								+ "\"code\":500,\"message\":\"executable file not found\"}")));

		StepVerifier.create(pods().exec("web", "nothing").result())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesApiException.class)
				.hasMessageContaining("executable file not found"))
			.verify(TIMEOUT);
	}

	@Test
	void refusalIsAnErrorOfTheApi() {
		this.server.answer(403, status("Forbidden", 403, "no, you may not"));
		this.server.answer(404, status("NotFound", 404, "no such pod"));
		this.server.answer(400, status("BadRequest", 400, "container x is not valid"));

		RemoteCommand command = pods().exec("web", "login", "--password=secret");

		assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> command.result().block(TIMEOUT))
			.withMessage("GET /api/v1/namespaces/a/pods/web/exec: no, you may not (403 Forbidden)");
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> command.output().blockLast(TIMEOUT))
			.withMessageContaining("no such pod");
		assertThatExceptionOfType(KubernetesApiException.class).isThrownBy(() -> command.exitCode().block(TIMEOUT))
			.withMessageContaining("container x is not valid")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(400));
		assertThat(command).hasToString("RemoteCommand[login]");
	}

	private static String status(String reason, int code, String message) {
		return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"" + reason
				+ "\",\"code\":" + code + ",\"message\":\"" + message + "\"}";
	}

	@Test
	void longRefusalIsReadWhole() {
		this.server
			.answer(ScriptedApiServer.response(403).chunkedBody(status("Forbidden", 403, "x".repeat(100_000)), 1000));

		assertThatExceptionOfType(ForbiddenException.class)
			.isThrownBy(() -> pods().exec("web", "sh").result().block(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.status().message()).hasSize(100_000));
	}

	@Test
	void refusalWithoutAStatusIsOneAllTheSame() {
		this.server.answer(new MockResponse.Builder().code(404).body("404 page not found"));

		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> pods().exec("web", "sh").result().block(TIMEOUT))
			.satisfies((ex) -> assertThat(ex.synthesized()).isTrue());
	}

	@Test
	void refusalForNowIsRepeated() {
		this.server.answer(ScriptedApiServer.response(429).setHeader("Retry-After", "0"));
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.SUCCESS)));

		assertThat(pods().exec("web", "sh").exitCode().block(TIMEOUT)).isZero();
	}

	@Test
	void serverThatOpensNoWebSocketIsRefused() {
		this.server.answer(200, "{}");
		this.server.answer(ScriptedStreams.onOpen((socket) -> {
		}).answer("other"));

		assertThatExceptionOfType(KubernetesException.class)
			.isThrownBy(() -> pods().exec("web", "sh").result().block(TIMEOUT))
			.withMessageEndingWith("/exec: the server answered 200 instead of opening a WebSocket");
		assertThatExceptionOfType(KubernetesException.class)
			.isThrownBy(() -> pods().exec("web", "sh").result().block(TIMEOUT))
			.withMessageContaining("subprotocol");
	}

	@Test
	void brokenConnectionIsAFailure() {
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.send(socket, 1, "half")));

		StepVerifier.create(pods().exec("web", "sh").output().map(OutputChunk::text))
			.expectNext("half")
			.then(this.server.server()::close)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.CLOSED)))
			.verify(TIMEOUT);
	}

	@Test
	void connectionThatBreaksBeforeTheAnswerIsAFailure() {
		this.server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.ShutdownConnection.INSTANCE));

		StepVerifier.create(pods().exec("web", "sh").output())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.CLOSED)))
			.verify(TIMEOUT);
	}

	@Test
	void closingForAnErrorIsAFailure() {
		answer(V5, ScriptedStreams.onOpen((socket) -> socket.close(1011, "internal server error")));

		StepVerifier.create(pods().exec("web", "sh").output())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesConnectionException.class)
				.hasMessageContaining("1011 internal server error"))
			.verify(TIMEOUT);
	}

	@Test
	void endWithoutAStatusIsAFailure() {
		answer(V5, ScriptedStreams.onOpen((socket) -> socket.close(1000, null)));

		StepVerifier.create(pods().exec("web", "sh").exitCode())
			.expectErrorMessage("The server closed the connection without saying how the command ended")
			.verify(TIMEOUT);
	}

	@Test
	void statusThatIsNoneIsAFailure() {
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, "out of order")));
		answer(V5, ScriptedStreams
			.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.exit(0).replace("\"0\"", "\"many\""))));

		StepVerifier.create(pods().exec("web", "sh").exitCode()).expectError(KubernetesException.class).verify(TIMEOUT);
		StepVerifier.create(pods().exec("web", "sh").exitCode())
			.expectErrorMessage("The status of the command names an exit code that is no number")
			.verify(TIMEOUT);
	}

	@Test
	void textIsNoMessageOfTheProtocol() {
		answer(V5, ScriptedStreams.onOpen((socket) -> socket.send("text")));

		StepVerifier.create(pods().exec("web", "sh").output())
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("a message that is not binary"))
			.verify(TIMEOUT);
	}

	@Test
	void unknownChannelsAreIgnored() {
		answer(V5, ScriptedStreams.onOpen((socket) -> {
			ScriptedStreams.send(socket, 9, "news");
			ScriptedStreams.send(socket, 1, "x");
			ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
		}));

		assertThat(pods().exec("web", "sh").result().block(TIMEOUT)).isEqualTo(new ExecResult(0, "x", ""));
	}

	@Test
	void outputOfAnyLengthIsNotCollected() {
		answer(V5, ScriptedStreams.onMessage((socket, message) -> {
			if (socket.queueSize() == 0) {
				ScriptedStreams.send(socket, 1, "x".repeat(1 << 20));
			}
		}));
		Flux<DataBuffer> stdin = Flux.interval(Duration.ofMillis(1)).onBackpressureDrop().map((i) -> buffer("more"));

		StepVerifier.create(pods().exec("web", "yes").stdin(stdin).result())
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KubernetesException.class)
				.hasMessageContaining("more than 16777216 bytes"))
			.verify(TIMEOUT);
	}

	@Test
	void eachSubscriptionRunsTheCommand() throws InterruptedException {
		RemoteCommand command = pods().exec("web", "sh");
		Mono<Integer> exitCode = command.exitCode();
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.exit(1))));
		answer(V5, ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket, ScriptedStreams.exit(2))));
		assertThat(this.server.server().takeRequest(0, TimeUnit.SECONDS)).isNull();

		assertThat(exitCode.block(TIMEOUT)).isEqualTo(1);
		assertThat(exitCode.block(TIMEOUT)).isEqualTo(2);
	}

	@Test
	void commandMustBeNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> pods().exec("web"));
		assertThatIllegalArgumentException().isThrownBy(() -> pods().exec("web", "sh").container(""));
	}

	@Test
	void attachmentReadsAndWrites() {
		ScriptedStreams streams = answer(V5, ScriptedStreams.onMessage((socket, message) -> {
			ScriptedStreams.send(socket, 1, "hello");
			ScriptedStreams.end(socket, ScriptedStreams.SUCCESS);
		}));

		StepVerifier
			.create(pods().attach("web")
				.container("c")
				.stdin(Flux.just(buffer("hi")).concatWith(Flux.never()))
				.output()
				.map(OutputChunk::text))
			.expectNext("hello")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(streams.next()).isEqualTo("[0]hi");
		assertThat(this.server.requestLine())
			.isEqualTo("GET /api/v1/namespaces/a/pods/web/attach?container=c&stdin=true&stdout=true&stderr=true");
	}

	@Test
	void attachmentMayEndWithoutAStatusAndFailWithOne() {
		answer(V5, ScriptedStreams.onOpen((socket) -> socket.close(1000, null)));
		answer(V5,
				ScriptedStreams.onOpen((socket) -> ScriptedStreams.end(socket,
						"{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"InternalError\","
								+ "\"code\":500,\"message\":\"no such task\"}")));

		StepVerifier.create(pods().attach("web").output()).expectComplete().verify(TIMEOUT);
		StepVerifier.create(pods().attach("web").terminal(Mono.empty()).output())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesApiException.class)
				.hasMessageContaining("no such task"))
			.verify(TIMEOUT);
	}

}
