package io.github.k8sclient.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the formats that a {@link RESTClient} asks for and sends.
 */
class ContentNegotiationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

	private static final String JSON = "application/json";

	private final Pod pod = Wire.pod("web");

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private RESTClient protobufClient() {
		return this.server.client(ContentTypePreference.PROTOBUF);
	}

	private void answerPod() {
		this.server.answer(200, PROTOBUF, Wire.protobuf(this.pod));
	}

	@Test
	void sendsAndAsksForProtobuf() {
		answerPod();

		Pod answer = protobufClient().post()
			.namespace("a")
			.resource("pods")
			.body(this.pod)
			.into(Pod.class)
			.block(TIMEOUT);

		RecordedRequest request = this.server.request();
		assertThat(request.getHeaders().get("Accept")).isEqualTo(PROTOBUF + "," + JSON);
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo(PROTOBUF);
		assertThat(request.getBody().toByteArray()).isEqualTo(Wire.protobuf(this.pod));
		assertThat(answer).isEqualTo(this.pod);
	}

	@Test
	void sendsAndAsksForJsonIfConfigured() {
		this.server.answer(200, Wire.json(this.pod));

		Pod answer = this.server.client()
			.post()
			.namespace("a")
			.resource("pods")
			.body(this.pod)
			.into(Pod.class)
			.block(TIMEOUT);

		RecordedRequest request = this.server.request();
		assertThat(request.getHeaders().get("Accept")).isEqualTo(JSON);
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo(JSON);
		assertThat(request.getBody().utf8()).isEqualTo(Wire.json(this.pod));
		assertThat(answer).isEqualTo(this.pod);
	}

	@Test
	void readsWhatTheServerSaysItSends() {
		this.server.answer(200, Wire.json(this.pod));
		answerPod();
		this.server.answer(new MockResponse.Builder().body(Wire.json(this.pod)));

		assertThat(protobufClient().get().resource("pods").name("web").into(Pod.class).block(TIMEOUT))
			.isEqualTo(this.pod);
		assertThat(this.server.client().get().resource("pods").name("web").into(Pod.class).block(TIMEOUT))
			.isEqualTo(this.pod);
		assertThat(protobufClient().get().resource("pods").name("web").into(Pod.class).block(TIMEOUT))
			.isEqualTo(this.pod);
	}

	@Test
	void sendsJsonWhenProtobufWouldLoseSomething() {
		byte[] json = Wire.json(this.pod)
			.replace("\"spec\":{", "\"spec\":{\"novel\":1,")
			.getBytes(StandardCharsets.UTF_8);
		Pod novel = ObjectDecoder.decode(Pod.CODEC, WireFormat.JSON, json, DecodingOptions.defaults());
		answerPod();

		protobufClient().put().namespace("a").resource("pods").name("web").body(novel).into(Pod.class).block(TIMEOUT);

		RecordedRequest request = this.server.request();
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo(JSON);
		assertThat(request.getBody().utf8()).contains("\"novel\":1");
	}

	@Test
	void repeatsInJsonWhatIsRefusedInProtobuf() {
		this.server.answer(415, "{}");
		this.server.answer(201, Wire.json(this.pod));

		assertThat(
				protobufClient().post().namespace("a").resource("pods").body(this.pod).into(Pod.class).block(TIMEOUT))
			.isEqualTo(this.pod);

		assertThat(this.server.request().getHeaders().get("Content-Type")).isEqualTo(PROTOBUF);
		RecordedRequest second = this.server.request();
		assertThat(second.getHeaders().get("Content-Type")).isEqualTo(JSON);
		assertThat(second.getHeaders().get("Accept")).isEqualTo(JSON);
		assertThat(second.getBody().utf8()).isEqualTo(Wire.json(this.pod));
	}

	@Test
	void staysWithJsonForTheGroupThatRefused() {
		this.server.answer(406, "{}");
		this.server.answer(200, Wire.json(this.pod));
		this.server.answer(200, Wire.json(this.pod));
		answerPod();
		RESTClient client = protobufClient();

		client.get().resource("pods").name("web").into(Pod.class).block(TIMEOUT);
		client.get().resource("pods").name("web").into(Pod.class).block(TIMEOUT);
		client.get()
			.groupVersion(new GroupVersion("g", "v1"))
			.resource("pods")
			.name("web")
			.into(Pod.class)
			.block(TIMEOUT);

		assertThat(this.server.request().getHeaders().get("Accept")).startsWith(PROTOBUF);
		assertThat(this.server.request().getHeaders().get("Accept")).isEqualTo(JSON);
		assertThat(this.server.request().getHeaders().get("Accept")).isEqualTo(JSON);
		assertThat(this.server.request().getHeaders().get("Accept")).startsWith(PROTOBUF);
	}

	@Test
	void doesNotRepeatWhatWasNotSentInProtobuf() {
		this.server.answer(415, "{}");

		assertThatExceptionOfType(KubernetesApiException.class).isThrownBy(() -> protobufClient().patch()
			.namespace("a")
			.resource("pods")
			.name("web")
			.body("{}".getBytes(), "application/merge-patch+json")
			.into(Pod.class)
			.block(TIMEOUT));

		assertThat(this.server.server().getRequestCount()).isEqualTo(1);
	}

	@Test
	void asksForJsonWhereBytesAreWanted() {
		this.server.answer(200, "{}");
		this.server.answer(200, "{}");

		protobufClient().get().resource("pods").raw().block(TIMEOUT);
		protobufClient().get().resource("pods").header("Accept", "text/plain").raw().block(TIMEOUT);

		assertThat(this.server.request().getHeaders().get("Accept")).isEqualTo("application/json, */*");
		assertThat(this.server.request().getHeaders().get("Accept")).isEqualTo("text/plain");
	}

	@Test
	void writesTheTypeOfOptionsInTheBody() {
		this.server.answer(200, "{}");

		this.server.client()
			.delete()
			.resource("nodes")
			.name("n")
			.body(DeleteOptions.builder().propagationPolicy("Foreground").build(), DeleteOptions.CODEC)
			.send()
			.block(TIMEOUT);

		assertThat(this.server.request().getBody().utf8()).contains("\"kind\":\"DeleteOptions\"", "\"apiVersion\":",
				"\"propagationPolicy\":\"Foreground\"");
	}

}
