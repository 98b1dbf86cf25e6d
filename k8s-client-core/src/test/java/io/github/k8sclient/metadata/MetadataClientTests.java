package io.github.k8sclient.metadata;

import java.time.Duration;

import io.github.k8sclient.client.Patch;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.rest.ScriptedApiServer;
import io.github.k8sclient.wire.EncodedObject;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetadataClient}.
 */
class MetadataClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String JSON = """
			{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",
			 "metadata":{"name":"%s","resourceVersion":"1"}}""";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	@Test
	void metadataAreAskedForAsProtobufOrElseJson() {
		EncodedObject encoded = ObjectDecoder.encode(PartialObjectMetadata.CODEC,
				PartialObjectMetadata.builder().metadata((metadata) -> metadata.name("web")).build(),
				WireFormat.PROTOBUF);
		this.server.answer(200, WireFormat.PROTOBUF.mediaType(), encoded.bytes());

		PartialObjectMetadata web = client(ContentTypePreference.PROTOBUF).get("web").block(TIMEOUT);

		assertThat(web.metadata().name()).isEqualTo("web");
		assertThat(this.server.request().getHeaders().get("Accept"))
			.isEqualTo("application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,"
					+ "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json");
	}

	@Test
	void listIsAskedForAsAList() {
		this.server.answer(200, """
				{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"9"},
				"items":[%s,%s]}""".formatted(JSON.formatted("a"), JSON.formatted("b")));

		KubernetesList<PartialObjectMetadata> list = client(ContentTypePreference.JSON).list().block(TIMEOUT);

		assertThat(list.items()).extracting((item) -> item.metadata().name()).containsExactly("a", "b");
		assertThat(list.metadata().resourceVersion()).isEqualTo("9");
		assertThat(this.server.request().getHeaders().get("Accept"))
			.isEqualTo("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json");
	}

	@Test
	void watchIsAskedForAsObjects() {
		this.server.answer(200, "{\"type\":\"ADDED\",\"object\":%s}".formatted(JSON.formatted("a")));

		StepVerifier
			.create(client(ContentTypePreference.JSON).watch(ListOptions.builder().resourceVersion("1").build()))
			.assertNext((event) -> assertThat(event.object().metadata().name()).isEqualTo("a"))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.server.request().getHeaders().get("Accept"))
			.startsWith("application/json;as=PartialObjectMetadata;");
	}

	@Test
	void metadataOfAWholeObjectAreRead() {
		this.server.answer(200, """
				{"kind":"Pod","apiVersion":"v1","spec":{"containers":[]},"metadata":{"name":"a"}}""");

		assertThat(client(ContentTypePreference.JSON).get("a").block(TIMEOUT).metadata().name()).isEqualTo("a");
	}

	@Test
	void patchAnswersWithMetadata() {
		this.server.answer(200, JSON.formatted("a"));

		client(ContentTypePreference.JSON).patch("a", Patch.merge("{\"metadata\":{\"labels\":{\"x\":\"y\"}}}"))
			.block(TIMEOUT);

		assertThat(this.server.request().getHeaders().get("Accept")).contains("as=PartialObjectMetadata;");
	}

	@Test
	void deleteTakesStatusOrMetadata() {
		this.server.answer(200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
		this.server.answer(200, JSON.formatted("a"));
		ResourceClient<PartialObjectMetadata> client = client(ContentTypePreference.JSON);

		assertThat(client.delete("a").blockOptional(TIMEOUT)).isEmpty();
		assertThat(client.delete("a").block(TIMEOUT).metadata().name()).isEqualTo("a");
	}

	private ResourceClient<PartialObjectMetadata> client(ContentTypePreference contentType) {
		return MetadataClient.create(this.server.client(contentType))
			.resource(GroupVersionResource.of("apps", "v1", "deployments"))
			.namespace("default");
	}

}
