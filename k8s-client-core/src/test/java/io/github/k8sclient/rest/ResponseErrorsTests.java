package io.github.k8sclient.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.ConflictException;
import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.InvalidException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.UnauthorizedException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what a {@link RESTClient} fails with.
 */
class ResponseErrorsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private Request getPod() {
		return this.server.client().get().namespace("a").resource("pods").name("web");
	}

	private KubernetesApiException apiFailure(Mono<?> request) {
		return failure(request, KubernetesApiException.class);
	}

	private <X extends Throwable> X failure(Mono<?> request, Class<X> type) {
		return catchThrowableOfType(type, () -> request.block(TIMEOUT));
	}

	@Test
	void carriesTheStatusOfTheServer() {
		Status status = Status.builder()
			.status("Failure")
			.code(422)
			.reason("Invalid")
			.message("Pod \"web\" is invalid")
			.details(StatusDetails.builder()
				.name("web")
				.kind("Pod")
				.causes(List.of(StatusCause.builder().reason("FieldValueRequired").field("spec.containers").build()))
				.build())
			.build();
		this.server.answer(422, Wire.json(status));

		KubernetesApiException failure = apiFailure(getPod().into(Pod.class));

		assertThat(failure).isInstanceOf(InvalidException.class)
			.hasMessage("GET /api/v1/namespaces/a/pods/web: Pod \"web\" is invalid (422 Invalid)");
		assertThat(failure.status()).isEqualTo(status);
		assertThat(failure.causes()).extracting(StatusCause::field).containsExactly("spec.containers");
		assertThat(failure.synthesized()).isFalse();
	}

	@Test
	void readsAStatusInProtobuf() {
		Status status = Status.builder().status("Failure").code(409).reason("Conflict").message("no").build();
		this.server.answer(409, "application/vnd.kubernetes.protobuf", Wire.protobuf(status));

		assertThat(apiFailure(getPod().into(Pod.class))).isInstanceOf(ConflictException.class)
			.hasMessageEndingWith("no (409 Conflict)");
	}

	@Test
	void makesAStatusOfAWebPage() {
		this.server.answer(502, "text/html; charset=utf-8",
				"<html><h1>Bad Gateway</h1></html>\n".getBytes(StandardCharsets.UTF_8));

		KubernetesApiException failure = apiFailure(getPod().into(Pod.class));

		assertThat(failure.synthesized()).isTrue();
		assertThat(failure.code()).isEqualTo(502);
		assertThat(failure.reason()).isEqualTo("InternalError");
		assertThat(failure.status().message())
			.isEqualTo("an error on the server (\"<html><h1>Bad Gateway</h1></html>\") has prevented the request from"
					+ " succeeding (get pods web)");
		assertThat(failure.causes()).singleElement()
			.satisfies((cause) -> assertThat(cause.message()).isEqualTo("<html><h1>Bad Gateway</h1></html>"));
	}

	@Test
	void keepsTheBeginningOfALongText() {
		this.server.answer(500, "text/plain", ("x".repeat(2 << 20)).getBytes(StandardCharsets.UTF_8));

		KubernetesApiException failure = apiFailure(getPod().raw());

		assertThat(failure.causes().get(0).message()).hasSize(2048);
		assertThat(failure.getMessage()).hasSizeLessThan(2200);
	}

	@Test
	void readsALongStatusWhole() {
		Status status = Status.builder().status("Failure").code(500).message("x".repeat(2 << 20)).build();
		this.server.answer(500, Wire.json(status));

		KubernetesApiException failure = apiFailure(getPod().raw());

		assertThat(failure.status()).isEqualTo(status);
		assertThat(failure.getMessage()).hasSizeLessThan(2200);
	}

	@Test
	void doesNotReadAnEndlessText() {
		this.server.answer(500, "text/plain", new byte[9 << 20]);
		this.server.answer(200, "done");

		assertThat(apiFailure(getPod().raw()).code()).isEqualTo(500);
		assertThat(getPod().raw().block(TIMEOUT)).asString().isEqualTo("done");
	}

	@Test
	void makesAStatusOfNothing() {
		this.server.answer(new MockResponse.Builder().code(404));

		assertThat(apiFailure(getPod().into(Pod.class))).isInstanceOf(NotFoundException.class)
			.hasMessageContaining("the server could not find the requested resource (get pods web)");
	}

	@Test
	void makesAStatusOfAnAnswerThatIsCutOff() {
		this.server.answer(ScriptedApiServer.response(403)
			.body("{" + " ".repeat(100_000) + "}")
			.onResponseBody(new SocketEffect.CloseSocket()));

		assertThat(apiFailure(getPod().into(Pod.class))).isInstanceOf(ForbiddenException.class);
	}

	@ParameterizedTest
	@CsvSource({ "301,''", "304,''", "400,BadRequest", "401,Unauthorized", "403,Forbidden", "404,NotFound",
			"405,MethodNotAllowed", "406,NotAcceptable", "409,AlreadyExists", "410,''", "415,UnsupportedMediaType",
			"422,Invalid", "429,TooManyRequests", "500,InternalError", "503,ServiceUnavailable", "504,Timeout" })
	void derivesTheReasonFromTheCode(int code, String reason) {
		this.server.answer(new MockResponse.Builder().code(code));

		KubernetesApiException failure = apiFailure(this.server.client().post().resource("nodes").raw());

		assertThat(failure.code()).isEqualTo(code);
		assertThat(failure.reason()).isEqualTo(reason);
	}

	@Test
	void tellsAConflictOfACreateFromThatOfAnUpdate() {
		this.server.answer(new MockResponse.Builder().code(409));
		this.server.answer(new MockResponse.Builder().code(409));

		assertThat(apiFailure(this.server.client().post().resource("nodes").raw()))
			.isInstanceOf(AlreadyExistsException.class);
		assertThat(apiFailure(this.server.client().put().resource("nodes").name("n").raw()))
			.isInstanceOf(ConflictException.class);
	}

	@Test
	void saysWhereRefusedCredentialsComeFrom() {
		Status status = Status.builder().status("Failure").code(401).reason("Unauthorized").build();
		this.server.answer(401, Wire.json(status));

		assertThat(apiFailure(getPod().into(Pod.class))).isInstanceOf(UnauthorizedException.class)
			.hasMessageContaining("Check the credentials in " + this.server.configuration().source());
	}

	@Test
	void failsOnAFailureThatComesWith200() {
		Status status = Status.builder().status("Failure").code(401).reason("Unauthorized").build();
		this.server.answer(200, Wire.json(status));

		assertThat(apiFailure(getPod().into(Pod.class))).isInstanceOf(UnauthorizedException.class);
	}

	@Test
	void isEmptyForASuccessInPlaceOfTheObject() {
		this.server.answer(200, Wire.json(Status.builder().status("Success").build()));

		assertThat(getPod().into(Pod.class).blockOptional(TIMEOUT)).isEmpty();
	}

	@Test
	void returnsAStatusThatIsAskedFor() {
		Status status = Status.builder().status("Failure").build();
		this.server.answer(200, Wire.json(status));

		assertThat(getPod().into(Status.CODEC).block(TIMEOUT)).isEqualTo(status);
	}

	@Test
	void failsOnAWebPageThatComesWith200() {
		this.server.answer(200, "text/html", "<html>Log in".getBytes(StandardCharsets.UTF_8));

		assertThat(failure(getPod().into(Pod.class), KubernetesException.class))
			.hasMessageContaining("GET /api/v1/namespaces/a/pods/web")
			.hasMessageContaining("text/html");
	}

	@Test
	void failsOnAnEmptyAnswer() {
		this.server.answer(200, "");

		assertThat(failure(getPod().into(Pod.class), KubernetesException.class)).hasMessageContaining("empty");
	}

	@Test
	void failsOnBytesThatAreNoObject() {
		this.server.answer(200, "{\"kind\":\"Pod\",\"metadata\":[");

		assertThat(failure(getPod().into(Pod.class), KubernetesException.class))
			.hasMessageStartingWith("GET /api/v1/namespaces/a/pods/web: ")
			.hasCauseInstanceOf(DecodingException.class);
	}

	@Test
	void failsOnAnObjectThatIsTooLong() {
		this.server.answer(200, Wire.json(Wire.pod("web")));

		assertThat(failure(getPod().decoding(DecodingOptions.defaults().withMaxObjectSize(20)).into(Pod.class),
				KubernetesException.class))
			.hasMessageStartingWith("GET /api/v1/namespaces/a/pods/web: ");
	}

	@Test
	void saysThatTheConnectionBroke() {
		this.server.answer(ScriptedApiServer.response(200)
			.body("{\"kind\":\"Pod\"" + " ".repeat(100_000) + "}")
			.onResponseBody(new SocketEffect.CloseSocket()));

		assertThat(failure(getPod().into(Pod.class), KubernetesConnectionException.class).reason())
			.isEqualTo(Reason.CLOSED);
	}

	@Test
	void saysThatNobodyListens() {
		this.server.server().close();

		assertThat(failure(getPod().into(Pod.class), KubernetesConnectionException.class).reason())
			.isEqualTo(Reason.REFUSED);
	}

	@Test
	void doesNotFollowRedirects() {
		this.server.answer(new MockResponse.Builder().code(307).setHeader("Location", "http://127.0.0.2/"));

		assertThat(apiFailure(getPod().raw()).code()).isEqualTo(307);
	}

	@Test
	void readsCompressedErrors() throws Exception {
		Buffer zipped = new Buffer();
		BufferedSink sink = Okio.buffer(new GzipSink(zipped));
		sink.writeUtf8(Wire.json(Status.builder().status("Failure").code(404).message("zipped").build()));
		sink.close();
		this.server.answer(ScriptedApiServer.response(404).setHeader("Content-Encoding", "gzip").body(zipped));

		assertThat(apiFailure(getPod().raw())).hasMessageContaining("zipped");
	}

	@Test
	void keepsTheConnectionAfterAnError() {
		for (int i = 0; i < 20; i++) {
			this.server.answer(404, Wire.json(Status.builder().code(404).build()));
			apiFailure(getPod().into(Pod.class));
		}

		Set<Integer> connections = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			connections.add(this.server.request().getConnectionIndex());
		}
		// The next request may come before the connection is back in its pool
		assertThat(connections).hasSizeLessThan(5);
	}

}
