package io.github.k8sclient.rest;

import java.time.Duration;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.transport.KubernetesConnectionException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Result}.
 */
class ResultTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private Result result(RESTClient client) {
		return client.patch()
			.namespace("a")
			.resource("pods")
			.name("web")
			.body("{}".getBytes(), "application/apply-patch+yaml")
			.result()
			.block(TIMEOUT);
	}

	private Result result() {
		return result(this.server.client());
	}

	@Test
	void tellsStatusCodeAndWarnings() {
		Pod pod = Wire.pod("web");
		this.server
			.answer(ScriptedApiServer.response(201).setHeader("Warning", "299 - \"deprecated\"").body(Wire.json(pod)));

		Result result = result();

		assertThat(result.code()).isEqualTo(201);
		assertThat(result.created()).isTrue();
		assertThat(result.contentType()).isEqualTo("application/json");
		assertThat(result.warnings()).containsExactly(new Warning(299, "-", "deprecated"));
		assertThat(result.error()).isNull();
		assertThat(result.raw()).asString().isEqualTo(Wire.json(pod));
		assertThat(result.into(Pod.class)).isEqualTo(pod);
		assertThat(result).hasToString(
				"Result[PATCH /api/v1/namespaces/a/pods/web: 201, " + Wire.json(pod).getBytes().length + " bytes]");
	}

	@Test
	void readsAnObjectInProtobuf() {
		this.server.answer(200, "application/vnd.kubernetes.protobuf", Wire.protobuf(Wire.pod("web")));

		Result result = result(this.server.client(ContentTypePreference.PROTOBUF));

		assertThat(result.created()).isFalse();
		assertThat(result.into(Pod.class)).isEqualTo(Wire.pod("web"));
	}

	@Test
	void isThereWhenTheServerRefuses() {
		Status status = Status.builder().status("Failure").code(404).reason("NotFound").message("gone").build();
		this.server.answer(ScriptedApiServer.response(404).setHeader("Warning", "299 - \"w\"").body(Wire.json(status)));

		Result result = result();

		assertThat(result.code()).isEqualTo(404);
		assertThat(result.warnings()).hasSize(1);
		assertThat(result.error()).isInstanceOfSatisfying(NotFoundException.class,
				(error) -> assertThat(error.status()).isEqualTo(status));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(result::raw).isSameAs(result.error());
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> result.into(Pod.class));
	}

	@Test
	void holdsNoObjectForASuccessInItsPlace() {
		this.server.answer(200, Wire.json(Status.builder().status("Success").build()));

		assertThat(result().into(Pod.class)).isNull();
	}

	@Test
	void failsToReadWhatIsNoSuchObject() {
		this.server.answer(200, "{\"metadata\":5}");
		this.server.answer(200, "text/html", "<html>".getBytes());

		Result broken = result();
		Result page = result();

		assertThatExceptionOfType(KubernetesException.class).isThrownBy(() -> broken.into(Node.class))
			.withMessageStartingWith("PATCH /api/v1/namespaces/a/pods/web: ")
			.withCauseInstanceOf(DecodingException.class);
		assertThatExceptionOfType(KubernetesException.class).isThrownBy(() -> page.into(Node.class))
			.withMessageContaining("text/html");
		assertThat(page.raw()).asString().isEqualTo("<html>");
	}

	@Test
	void keepsItsBodyToItself() {
		this.server.answer(200, "{}");
		Result result = result();

		result.raw()[0] = 'x';

		assertThat(result.raw()).asString().isEqualTo("{}");
	}

	@Test
	void isNotThereWhenTheConnectionBreaks() {
		this.server.answer(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));

		StepVerifier.create(this.server.client().post().absPath("/x").result())
			.expectError(KubernetesConnectionException.class)
			.verify(TIMEOUT);
	}

	@Test
	void isThatOfTheSecondAttemptIfProtobufIsRefused() {
		this.server.answer(415, "{}");
		this.server.answer(201, Wire.json(Wire.pod("web")));

		Result result = this.server.client(ContentTypePreference.PROTOBUF)
			.post()
			.namespace("a")
			.resource("pods")
			.body(Wire.pod("web"))
			.result()
			.block(TIMEOUT);

		assertThat(result.created()).isTrue();
	}

}
