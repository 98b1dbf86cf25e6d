package io.github.k8sclient.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k8sclient.GoneException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.watch.WatchEvent;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the watches of a {@link RESTClient}.
 */
class WatchBodyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String BOOKMARK = "{\"kind\":\"Pod\",\"apiVersion\":\"v1\","
			+ "\"metadata\":{\"resourceVersion\":\"9\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}";

	private final Pod web = Wire.pod("wäb-€");

	private final Pod db = Wire.pod("db");

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private Flux<WatchEvent<Pod>> watch(ListOptions options) {
		return this.server.client(ContentTypePreference.PROTOBUF)
			.get()
			.resource("pods")
			.versionedParams(options)
			.watch(Pod.class);
	}

	private Flux<WatchEvent<Pod>> watch() {
		return watch(ListOptions.builder().build());
	}

	private String frames() {
		return Wire.jsonFrame("ADDED", Wire.json(this.web)) + Wire.jsonFrame("MODIFIED", Wire.json(this.db))
				+ Wire.jsonFrame("DELETED", Wire.json(this.web)) + Wire.jsonFrame("BOOKMARK", BOOKMARK);
	}

	private StepVerifier.Step<WatchEvent<Pod>> expectFrames(Flux<WatchEvent<Pod>> watch) {
		return StepVerifier.create(watch)
			.expectNext(new WatchEvent.Added<>(this.web))
			.expectNext(new WatchEvent.Modified<>(this.db))
			.expectNext(new WatchEvent.Deleted<>(this.web))
			.assertNext((event) -> assertThat(event).isInstanceOfSatisfying(WatchEvent.Bookmark.class, (bookmark) -> {
				assertThat(bookmark.resourceVersion()).isEqualTo("9");
				assertThat(bookmark.endsInitialEvents()).isTrue();
			}));
	}

	@Test
	void asksToWatch() {
		this.server.answer(200, "");
		this.server.answer(200, "");

		watch().blockLast(TIMEOUT);
		watch(ListOptions.builder().watch(true).resourceVersion("5").build()).blockLast(TIMEOUT);

		assertThat(this.server.requestLine()).isEqualTo("GET /api/v1/pods?watch=true");
		assertThat(this.server.requestLine()).isEqualTo("GET /api/v1/pods?watch=true&resourceVersion=5");
	}

	@Test
	void saysThatItIsAcceptedIfBookmarksAreWanted() {
		ListOptions options = ListOptions.builder().allowWatchBookmarks(true).resourceVersion("5").build();
		OpenBody body = new OpenBody(" ", false);
		this.server.answer(body.response());

		StepVerifier.create(watch(options))
			.expectNext(new WatchEvent.Bookmark<>("5", Map.of()))
			.then(body::end)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void doesNotSayThatItIsAcceptedWhereABookmarkWouldNotBeTrue() {
		ListOptions bookmarks = ListOptions.builder().allowWatchBookmarks(true).build();

		for (ListOptions options : List.of(bookmarks, bookmarks.toBuilder().resourceVersion("0").build(),
				bookmarks.toBuilder().resourceVersion("5").sendInitialEvents(true).build(),
				ListOptions.builder().resourceVersion("5").build())) {
			this.server.answer(200, "");
			StepVerifier.create(watch(options)).expectComplete().verify(TIMEOUT);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 100, 10_000 })
	void readsFramesThatAreSplitAnywhere(int chunkSize) {
		this.server.answer(ScriptedApiServer.response(200).chunkedBody(frames(), chunkSize));

		expectFrames(watch()).expectComplete().verify(TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 50, 10_000 })
	void readsFramesInProtobuf(int chunkSize) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		frames.writeBytes(Wire.protobufFrame("ADDED", Wire.protobuf(this.web)));
		frames.writeBytes(Wire.protobufFrame("MODIFIED", Wire.protobuf(this.db)));
		frames.writeBytes(Wire.protobufFrame("ERROR",
				Wire.protobuf(Status.builder().status("Failure").code(410).reason("Expired").build())));
		this.server.answer(
				new MockResponse.Builder().setHeader("Content-Type", "application/vnd.kubernetes.protobuf;stream=watch")
					.chunkedBody(new Buffer().write(frames.toByteArray()), chunkSize));

		StepVerifier.create(watch())
			.expectNext(new WatchEvent.Added<>(this.web))
			.expectNext(new WatchEvent.Modified<>(this.db))
			.assertNext((event) -> assertThat(event).isInstanceOfSatisfying(WatchEvent.Error.class, (error) -> {
				assertThat(error.exception()).isInstanceOf(GoneException.class);
				assertThat(error.unreadableFrame()).isFalse();
			}))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void passesOnTheErrorsOfTheServer() {
		Status expired = Status.builder().status("Failure").code(410).reason("Expired").message("too old").build();
		this.server.answer(200, Wire.jsonFrame("ERROR", Wire.json(expired)));

		StepVerifier.create(watch()).expectNext(new WatchEvent.Error<>(expired)).expectComplete().verify(TIMEOUT);
	}

	@Test
	void goesOnAfterAFrameThatItCannotRead() {
		this.server.answer(200, Wire.jsonFrame("NOVEL", Wire.json(this.web))
				+ Wire.jsonFrame("ADDED", "{\"metadata\":[]}") + Wire.jsonFrame("ADDED", Wire.json(this.db)));

		StepVerifier.create(watch())
			.assertNext((event) -> assertUnreadable(event, "unknown type of watch event"))
			.assertNext((event) -> assertUnreadable(event, "metadata"))
			.expectNext(new WatchEvent.Added<>(this.db))
			.expectComplete()
			.verify(TIMEOUT);
	}

	private static void assertUnreadable(WatchEvent<Pod> event, String problem) {
		assertThat(event).isInstanceOfSatisfying(WatchEvent.Error.class, (error) -> {
			assertThat(error.unreadableFrame()).isTrue();
			assertThat(error.status().code()).isEqualTo(500);
			assertThat(error.status().message()).contains(problem);
		});
	}

	@Test
	void failsAtBytesThatAreNoFrameAfterTheEventsBefore() {
		this.server.answer(200, Wire.jsonFrame("ADDED", Wire.json(this.web)) + "<html>");

		StepVerifier.create(watch())
			.expectNext(new WatchEvent.Added<>(this.web))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesException.class)
				.hasMessageStartingWith("GET /api/v1/pods: ")
				.hasCauseInstanceOf(DecodingException.class))
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.rest.ThrowingCodec#errors")
	void failsOnAnObjectWhoseClassIsBroken(Error broken) {
		this.server.answer(200, frames());

		StepVerifier.create(
				this.server.client(ContentTypePreference.JSON).get().resource("pods").watch(new ThrowingCodec(broken)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(KubernetesException.class)
				.hasMessageStartingWith("GET /api/v1/pods: ")
				.hasRootCause(broken))
			.verify(TIMEOUT);
	}

	@Test
	void failsWhenTheConnectionBreaks() {
		this.server.answer(new MockResponse.Builder().setHeader("Content-Type", "application/json")
			.chunkedBody(frames() + " ".repeat(200_000), 1000)
			.onResponseBody(new SocketEffect.CloseSocket()));

		expectFrames(watch()).expectError(KubernetesConnectionException.class).verify(TIMEOUT);
	}

	@Test
	void failsWhenItIsRefused() {
		this.server.answer(410,
				Wire.json(Status.builder().status("Failure").code(410).reason("Expired").message("too old").build()));

		StepVerifier.create(watch()).expectError(GoneException.class).verify(TIMEOUT);
	}

	@Test
	void deliversAnEventAsSoonAsItsLastByteHasCome() {
		OpenBody body = new OpenBody(Wire.jsonFrame("ADDED", Wire.json(this.web)), false);
		this.server.answer(body.response());

		StepVerifier.create(watch())
			.expectNext(new WatchEvent.Added<>(this.web))
			.then(body::end)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void closesTheConnectionWhenCancelled() throws InterruptedException {
		OpenBody body = new OpenBody(Wire.jsonFrame("ADDED", Wire.json(this.web)), true);
		this.server.answer(body.response());

		StepVerifier.create(watch(), 1).expectNextCount(1).thenCancel().verify(TIMEOUT);

		assertThat(body.closed.await(10, TimeUnit.SECONDS)).as("closed").isTrue();
	}

	@Test
	void failsWhenTheConnectionIsSilentForLongerThanTheServerMayBe() {
		OpenBody body = new OpenBody(Wire.jsonFrame("ADDED", Wire.json(this.web)), false);
		this.server.answer(body.response());

		StepVerifier.create(watch(ListOptions.builder().timeoutSeconds(1L).build()))
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(KubernetesConnectionException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(KubernetesConnectionException.Reason.TIMEOUT)))
			.verify(Duration.ofSeconds(20));
		body.end();
	}

	/**
	 * A body that stays open after its content until it is ended or the client closes the
	 * connection.
	 */
	private static final class OpenBody implements MockResponseBody {

		private final String content;

		private final CountDownLatch ended = new CountDownLatch(1);

		private final CountDownLatch closed = new CountDownLatch(1);

		private final boolean talking;

		OpenBody(String content, boolean talking) {
			this.content = content;
			this.talking = talking;
		}

		MockResponse.Builder response() {
			return ScriptedApiServer.response(200)
				.body(this)
				.removeHeader("Content-Length")
				.setHeader("Transfer-Encoding", "chunked");
		}

		void end() {
			this.ended.countDown();
		}

		@Override
		public long getContentLength() {
			return -1;
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			try {
				chunk(sink, this.content);
				while (!this.ended.await(20, TimeUnit.MILLISECONDS)) {
					if (this.talking) {
						chunk(sink, " ");
					}
				}
				chunk(sink, "");
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			catch (IOException ex) {
				this.closed.countDown();
				throw ex;
			}
		}

		private static void chunk(BufferedSink sink, String text) throws IOException {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			sink.writeHexadecimalUnsignedLong(bytes.length).writeUtf8("\r\n").write(bytes).writeUtf8("\r\n").flush();
		}

	}

}
