package io.github.k8sclient.streaming;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.rest.ScriptedApiServer;
import io.github.k8sclient.transport.KubernetesConnectionException;
import okhttp3.WebSocket;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PortForward} and {@link LocalPort}.
 */
class PortForwardTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String V4 = "v4.channel.k8s.io";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private PortForward port() {
		return Clientset.create(this.server.client()).coreV1().pods("a").portForward("web", 8080);
	}

	/** Say which port it is, as kubelets do. */
	private static void begin(WebSocket socket) {
		socket.send(ByteString.of((byte) 0, (byte) 0x90, (byte) 0x1f));
		socket.send(ByteString.of((byte) 1, (byte) 0x90, (byte) 0x1f));
	}

	/** Answers in capital letters, and closes after {@code bye}. */
	private ScriptedStreams shouting() {
		ScriptedStreams streams = ScriptedStreams.onMessage((socket, message) -> {
			String text = message.substring(3);
			if (text.startsWith("hello")) {
				begin(socket);
			}
			ScriptedStreams.send(socket, 0, text.toUpperCase(Locale.ROOT));
			if (text.endsWith("bye")) {
				socket.close(1000, null);
			}
		});
		this.server.answer(streams.answer(V4));
		return streams;
	}

	private static Flux<DataBuffer> bytes(String... texts) {
		return Flux.just(texts)
			.map((text) -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static String text(DataBuffer buffer) {
		return buffer.toString(StandardCharsets.UTF_8);
	}

	private static Socket connect(LocalPort local) throws IOException {
		Socket socket = new Socket("127.0.0.1", local.port());
		socket.setSoTimeout((int) TIMEOUT.toMillis());
		return socket;
	}

	private static void sayHello(Socket socket) throws IOException {
		socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
		assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("HELLO");
	}

	@Test
	void bytesGoBothWays() {
		ScriptedStreams streams = shouting();

		StepVerifier.create(port().connect(bytes("hello", "bye")).map(PortForwardTests::text))
			.expectNext("HELLO", "BYE")
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(streams.seen()).containsExactly("[0]hello", "[0]bye");
		assertThat(this.server.request()).satisfies((request) -> {
			assertThat(request.getTarget()).isEqualTo("/api/v1/namespaces/a/pods/web/portforward?ports=8080");
			assertThat(request.getHeaders().get("Sec-WebSocket-Protocol")).isEqualTo(V4);
		});
	}

	@Test
	void endOfWhatIsSentIsNotTheEnd() {
		ScriptedStreams streams = ScriptedStreams.onOpen((socket) -> {
			begin(socket);
			ScriptedStreams.send(socket, 0, "late");
		});
		this.server.answer(streams.answer(V4));

		StepVerifier.create(port().connect(Flux.empty()).map(PortForwardTests::text))
			.expectNext("late")
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(streams.ended()).succeedsWithin(TIMEOUT);
	}

	@Test
	void nobodyListensInThePod() {
		this.server.answer(ScriptedStreams.onOpen((socket) -> {
			begin(socket);
			ScriptedStreams.send(socket, 1, "error forwarding port 8080: connection refused\n");
			socket.close(1000, null);
		}).answer(V4));

		StepVerifier.create(port().connect(Flux.never()))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(KubernetesException.class)
				.hasMessage("Port 8080 of the pod: error forwarding port 8080: connection refused"))
			.verify(TIMEOUT);
	}

	@Test
	void serverThatForwardsNoPortIsRefused() {
		this.server.answer(ScriptedStreams.onOpen((socket) -> ScriptedStreams.send(socket, 0, "GET /")).answer(V4));

		StepVerifier.create(port().connect(Flux.never()))
			.expectErrorMessage("The server does not say which port it forwards")
			.verify(TIMEOUT);
	}

	@Test
	void refusalAndBreakAreFailures() {
		this.server.answer(404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"reason\":\"NotFound\",\"code\":404}");
		this.server.answer(ScriptedStreams.onOpen(WebSocket::cancel).answer(V4));

		StepVerifier.create(port().connect(Flux.never())).expectError(NotFoundException.class).verify(TIMEOUT);
		StepVerifier.create(port().connect(Flux.never()))
			.expectError(KubernetesConnectionException.class)
			.verify(TIMEOUT);
	}

	@Test
	void localConnectionsAreForwarded() throws IOException {
		shouting();
		shouting();
		LocalPort local = port().listen().block(TIMEOUT);

		for (int i = 0; i < 2; i++) {
			try (Socket socket = connect(local)) {
				socket.getOutputStream().write("hello and bye".getBytes(StandardCharsets.UTF_8));
				assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("HELLO AND BYE");
			}
		}
		local.close().block(TIMEOUT);
	}

	@Test
	void endOfALocalConnectionIsThatOfTheOther() throws IOException {
		ScriptedStreams streams = shouting();
		LocalPort local = port().listen().block(TIMEOUT);

		try (Socket socket = connect(local)) {
			sayHello(socket);
		}

		assertThat(streams.ended()).succeedsWithin(TIMEOUT);
		local.close().block(TIMEOUT);
	}

	@Test
	void refusalClosesTheLocalConnection() throws IOException {
		this.server.answer(404, "{}");
		LocalPort local = port().listen(0).block(TIMEOUT);

		try (Socket socket = connect(local)) {
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		local.close().block(TIMEOUT);
	}

	@Test
	void closeOfThePortClosesItsConnections() throws IOException {
		ScriptedStreams streams = shouting();
		LocalPort local = port().listen().block(TIMEOUT);

		try (Socket socket = connect(local)) {
			sayHello(socket);
			local.close().block(TIMEOUT);

			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		assertThat(streams.ended()).succeedsWithin(TIMEOUT);
	}

	@Test
	void portThatIsTakenIsAFailure() {
		LocalPort local = port().listen().block(TIMEOUT);

		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> port().listen(local.port()).block(TIMEOUT));
		local.close().block(TIMEOUT);
	}

	@Test
	void portsMustBePorts() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Clientset.create(this.server.client()).coreV1().pods("a").portForward("web", 0));
		assertThatIllegalArgumentException().isThrownBy(() -> port().listen(65536));
		assertThatIllegalArgumentException().isThrownBy(() -> port().connect(null));
		assertThat(port()).hasToString("PortForward[8080]");
	}

}
