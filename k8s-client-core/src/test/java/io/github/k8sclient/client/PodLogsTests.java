package io.github.k8sclient.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.PodLogOptions;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.rest.ScriptedApiServer;
import io.github.k8sclient.tls.TlsFiles;
import io.github.k8sclient.transport.TestServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.ClientAuth;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpProtocol;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the logs of pods, by {@link PodClient}.
 */
class PodLogsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);

	/** Far more than the buffers of two sockets hold. */
	private static final long LONG_LOG = 256L << 20;

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private PodClient pods() {
		return Clientset.create(this.server.client()).coreV1().pods("a");
	}

	private static MockResponse.Builder log() {
		return new MockResponse.Builder().setHeader("Content-Type", "text/plain");
	}

	@Test
	void askWithTheNamesOfTheWire() {
		this.server.answer(log());
		this.server.answer(log());

		pods().logLines("web").blockLast(TIMEOUT);
		pods()
			.logLines("web",
					PodLogOptions.builder()
						.container("c")
						.follow(true)
						.previous(false)
						.sinceTime(Instant.parse("2026-01-02T03:04:05.678Z"))
						.timestamps(true)
						.tailLines(0L)
						.limitBytes(100L)
						.build())
			.blockLast(TIMEOUT);

		assertThat(this.server.requestLine()).isEqualTo("GET /api/v1/namespaces/a/pods/web/log");
		assertThat(this.server.requestLine()).isEqualTo("GET /api/v1/namespaces/a/pods/web/log?container=c&follow=true"
				+ "&sinceTime=2026-01-02T03%3A04%3A05Z&timestamps=true&tailLines=0&limitBytes=100");
	}

	@Test
	void comeAsBytes() {
		this.server.answer(log().body("one\ntwo"));

		assertThat(DataBufferUtils.join(pods().logs("web")).map(PodLogsTests::text).block(TIMEOUT))
			.isEqualTo("one\ntwo");
	}

	private static String text(DataBuffer buffer) {
		String text = buffer.toString(StandardCharsets.UTF_8);
		DataBufferUtils.release(buffer);
		return text;
	}

	@Test
	void comeInLines() {
		this.server.answer(log().body("one\r\n\ntwo\nlast without end"));

		StepVerifier.create(pods().logLines("web"))
			.expectNext("one", "", "two", "last without end")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void charactersMayBeCutByTheConnection() {
		this.server.answer(log().chunkedBody("grün\n€\n", 1));

		StepVerifier.create(pods().logLines("web")).expectNext("grün", "€").expectComplete().verify(TIMEOUT);
	}

	@Test
	void comeNoFasterThanTheyAreAskedFor() {
		this.server.answer(log().body("line\n".repeat(2_000_000)));

		StepVerifier.create(pods().logLines("web"), 0)
			.thenRequest(3)
			.expectNextCount(3)
			.thenRequest(10_000)
			.expectNextCount(10_000)
			.thenCancel()
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@EnumSource(value = HttpProtocol.class, names = { "HTTP11", "H2" })
	void stayWithTheServerUntilTheyAreAskedFor(HttpProtocol protocol) {
		AtomicLong written = new AtomicLong();
		byte[] lines = "line\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
		// Bounded, so that a client that takes all of it fails here and not for lack of
		// memory
		Flux<ByteBuf> log = Flux.range(0, (int) (LONG_LOG / lines.length)).map((i) -> {
			written.addAndGet(lines.length);
			return Unpooled.wrappedBuffer(lines);
		});
		try (TestServer logServer = TestServer.https("server-ec", ClientAuth.NONE,
				(request, response) -> response.header("Content-Type", "text/plain").send(log), protocol)) {
			ClientConfiguration configuration = ClientConfiguration.builder()
				.server(logServer.url())
				.tls(TlsConfiguration.defaults().withCertificateAuthority(TlsFiles.pem("ca.crt")))
				.build();
			Clientset clientset = Clientset.create(configuration);

			StepVerifier.create(clientset.coreV1().pods("a").logLines("web"), 3)
				.expectNextCount(3)
				.then(() -> assertThat(settled(written)).isLessThan(LONG_LOG / 4))
				.thenCancel()
				.verify(LONG_TIMEOUT);
			clientset.close().block(LONG_TIMEOUT);
		}
	}

	/** Wait until a number does not grow any more. */
	private static long settled(AtomicLong number) {
		return Flux.interval(Duration.ofMillis(100))
			.map((tick) -> number.get())
			.buffer(20, 1)
			.filter((numbers) -> new HashSet<>(numbers).size() == 1)
			.map((numbers) -> numbers.get(0))
			.blockFirst(LONG_TIMEOUT);
	}

	@Test
	void failWhenTheyBreakOff() {
		this.server.answer(log().body("one\ntwo\nthr").onResponseBody(SocketEffect.ShutdownConnection.INSTANCE));

		StepVerifier.create(pods().logLines("web"))
			.thenConsumeWhile((line) -> true)
			.expectError(KubernetesException.class)
			.verify(TIMEOUT);
	}

	@Test
	void failWhenThereIsNoPod() {
		this.server.answer(404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"reason\":\"NotFound\",\"code\":404}");

		StepVerifier.create(pods().logs("web")).expectError(NotFoundException.class).verify(TIMEOUT);
	}

	@Test
	void linesOfAnyReasonableLengthAreRead() {
		String line = "x".repeat(1 << 20);
		this.server.answer(log().body(new Buffer().writeUtf8(line).writeUtf8("\nend\n")));

		StepVerifier.create(pods().logLines("web")).expectNext(line, "end").expectComplete().verify(TIMEOUT);
	}

	@Test
	void endlessLinesAreNotKept() {
		Flux<DataBuffer> endless = Flux.range(0, 40)
			.map((i) -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[1 << 20]));

		StepVerifier.create(LogLines.of(endless)).expectError(KubernetesException.class).verify(TIMEOUT);
	}

	@Test
	void followedLogMayBeSilent() {
		this.server.answer(log().chunkedBody("one\ntwo\n", 4).throttleBody(7, 300, TimeUnit.MILLISECONDS));

		StepVerifier.create(pods().logLines("web", PodLogOptions.builder().follow(true).build()))
			.expectNext("one", "two")
			.expectComplete()
			.verify(TIMEOUT);
	}

}
