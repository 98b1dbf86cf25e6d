package io.github.k8sclient.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the lists of a {@link RESTClient}.
 */
class ListBodyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Pod[] MANY = IntStream.range(0, 5000)
		.mapToObj((number) -> Wire.pod("web-" + number))
		.toArray(Pod[]::new);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private Mono<KubernetesList<Pod>> list() {
		return this.server.client(ContentTypePreference.PROTOBUF).get().resource("pods").list(Pod.class);
	}

	@Test
	void readsAListInJson() {
		this.server.answer(200, Wire.jsonList(Wire.pod("a"), Wire.pod("b")));

		KubernetesList<Pod> list = list().block(TIMEOUT);

		assertThat(list.kind()).isEqualTo("PodList");
		assertThat(list.apiVersion()).isEqualTo("v1");
		assertThat(list.metadata().resourceVersion()).isEqualTo("42");
		assertThat(list.items()).containsExactly(Wire.pod("a"), Wire.pod("b"));
	}

	@Test
	void readsAListInProtobuf() {
		this.server.answer(200, "application/vnd.kubernetes.protobuf", Wire.protobufList(Wire.pod("a"), Wire.pod("b")));

		KubernetesList<Pod> list = list().block(TIMEOUT);

		assertThat(list.metadata().resourceVersion()).isEqualTo("42");
		assertThat(list.items()).containsExactly(Wire.pod("a"), Wire.pod("b"));
	}

	@Test
	void readsAnEmptyList() {
		this.server.answer(200, Wire.jsonList());

		assertThat(list().block(TIMEOUT).items()).isEmpty();
	}

	@Test
	void readsAListThatIsCutIntoTinyChunks() {
		this.server.answer(ScriptedApiServer.response(200).chunkedBody(Wire.jsonList(Wire.pod("ä"), Wire.pod("€")), 1));

		assertThat(list().block(TIMEOUT).items()).containsExactly(Wire.pod("ä"), Wire.pod("€"));
	}

	@Test
	void readsAListOfAnySize() {
		this.server.answer(200, Wire.jsonList(MANY));

		assertThat(list().block(TIMEOUT).items()).containsExactly(MANY);
	}

	@Test
	void readsACompressedList() throws Exception {
		Buffer zipped = new Buffer();
		BufferedSink sink = Okio.buffer(new GzipSink(zipped));
		sink.writeUtf8(Wire.jsonList(MANY));
		sink.close();
		this.server.answer(ScriptedApiServer.response(200).setHeader("Content-Encoding", "gzip").body(zipped));

		assertThat(list().block(TIMEOUT).items()).hasSize(MANY.length);
		assertThat(this.server.request().getHeaders().get("Accept-Encoding")).contains("gzip");
	}

	@Test
	void failsOnAListThatIsCutOff() {
		this.server.answer(ScriptedApiServer.response(200)
			.body(Wire.jsonList(MANY))
			.onResponseBody(new SocketEffect.CloseSocket()));

		StepVerifier.create(list()).expectError(KubernetesConnectionException.class).verify(TIMEOUT);
	}

	@Test
	void failsOnAListThatIsNotComplete() {
		String list = Wire.jsonList(Wire.pod("a"));
		this.server.answer(200, list.substring(0, list.length() - 2));

		StepVerifier.create(list())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesException.class)
				.hasMessageStartingWith("GET /api/v1/pods: ")
				.hasCauseInstanceOf(DecodingException.class))
			.verify(TIMEOUT);
	}

	@Test
	void failsAtTheItemThatCannotBeRead() {
		this.server.answer(200, Wire.jsonList(MANY).replace("\"name\":\"web-2500\"", "\"name\":5"));

		StepVerifier.create(list())
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("items[2500].metadata.name"))
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.rest.ThrowingCodec#errors")
	void failsOnAnItemWhoseClassIsBroken(Error broken) {
		this.server.answer(200, Wire.jsonList(Wire.pod("a")));

		StepVerifier.create(
				this.server.client(ContentTypePreference.JSON).get().resource("pods").list(new ThrowingCodec(broken)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesException.class)
				.hasMessageStartingWith("GET /api/v1/pods: ")
				.hasRootCause(broken))
			.verify(TIMEOUT);
	}

	@Test
	void releasesTheBytesThatCannotBeReadOnlyOnce() {
		ByteBuf bytes = Unpooled.copiedBuffer("[1,2", StandardCharsets.UTF_8);

		StepVerifier.create(clientThatReceives(bytes, Schedulers.parallel()).get().resource("pods").list(Pod.class))
			.expectError(KubernetesException.class)
			.verify(TIMEOUT);

		assertThat(bytes.refCnt()).isEqualTo(1);
		bytes.release();
	}

	@Test
	void releasesTheBytesThatACancelMeetsBeforeTheyAreRead() {
		ByteBuf bytes = Unpooled.copiedBuffer("[1,2", StandardCharsets.UTF_8);
		Scheduler busy = Schedulers.newSingle("busy");
		CountDownLatch work = new CountDownLatch(1);
		busy.schedule(() -> await(work));

		Disposable reading = clientThatReceives(bytes, busy).get().resource("pods").list(Pod.class).subscribe();
		assertThat(bytes.refCnt()).isEqualTo(2);
		reading.dispose();
		work.countDown();
		busy.disposeGracefully().block(TIMEOUT);

		assertThat(bytes.refCnt()).isEqualTo(1);
		bytes.release();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// The body does not end after the bytes
	private RESTClient clientThatReceives(ByteBuf bytes, Scheduler scheduler) {
		Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
		body.tryEmitNext(new NettyDataBufferFactory(ByteBufAllocator.DEFAULT).wrap(bytes.retain())).orThrow();
		return this.server.client(ContentTypePreference.JSON,
				(builder) -> builder.scheduler(scheduler)
					.filter((request,
							next) -> Mono.just(ClientResponse.create(HttpStatus.OK)
								.header("Content-Type", "application/json")
								.body(body.asFlux())
								.build())));
	}

	@Test
	void stopsReadingWhenCancelled() {
		this.server.answer(ScriptedApiServer.response(200)
			.body(Wire.jsonList(MANY))
			.throttleBody(64_000, 50, TimeUnit.MILLISECONDS));

		StepVerifier.create(list())
			.then(this.server::request)
			.expectNoEvent(Duration.ofMillis(120))
			.thenCancel()
			.verify(TIMEOUT);
	}

}
