package io.github.k8sclient.test.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.wire.ListDecoder;
import io.github.k8sclient.wire.ListHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server writes is read and written back without loss, by every type and in both
 * formats. Two JSON documents count as equal when they differ only in members that are
 * null, empty or zero in the one and absent in the other: Go writes the empty value of a
 * member that is not marked {@code omitempty}, and protobuf cannot tell it from an absent
 * one.
 */
@ConformanceTest
class EncodingConformanceTests {

	private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

	@Parameter
	ConformanceServer server;

	private String namespace;

	@BeforeEach
	void createObjects() throws IOException {
		this.namespace = this.server.newNamespace();
		for (Samples.Sample sample : Samples.of(this.namespace)) {
			Answer answer = this.server.post(sample.path(), sample.json());
			assertThat(answer.code()).as(answer.text()).isIn(201, 404);
		}
	}

	@Test
	void everyListIsDecodedAndEncodedWithoutLoss() {
		List<String> withItems = new ArrayList<>();
		for (ResourceDescriptor<?> descriptor : BuiltInResources.all()) {
			// component statuses are made for each request, in no order
			if (descriptor.verbs().contains("list") && !descriptor.resource().resource().equals("componentstatuses")) {
				check(descriptor, withItems);
			}
		}

		assertThat(withItems).contains("pods.v1", "services.v1", "secrets.v1", "deployments.v1.apps", "jobs.v1.batch",
				"leases.v1.coordination.k8s.io", "events.v1", "events.v1.events.k8s.io",
				"horizontalpodautoscalers.v1.autoscaling", "persistentvolumeclaims.v1",
				"roles.v1.rbac.authorization.k8s.io", "customresourcedefinitions.v1.apiextensions.k8s.io");
	}

	private <T extends KubernetesObject> void check(ResourceDescriptor<T> descriptor, List<String> withItems) {
		String path = path(descriptor.resource());
		Answer json = this.server.get(path, "application/json");
		if (json.code() == 404) {
			// a release without this version
			return;
		}
		json.expect(200);
		// the same moment: the server itself renews leases
		String moment = "?resourceVersionMatch=Exact&resourceVersion=" + json.resourceVersion();
		Answer protobuf = this.server.get(path + moment, PROTOBUF).expect(200);
		assertThat(protobuf.contentType()).isEqualTo(PROTOBUF);

		ArrayNode written = json.json().withArray("items");
		List<T> fromJson = new ArrayList<>();
		ListHeader jsonHeader = decode(ListDecoder.json(descriptor.codec(), DecodingOptions.defaults()), json.body(),
				fromJson);
		List<T> fromProtobuf = new ArrayList<>();
		ListHeader protobufHeader = decode(ListDecoder.protobuf(descriptor.codec(), DecodingOptions.defaults()),
				protobuf.body(), fromProtobuf);

		assertThat(jsonHeader.type().kind()).isEqualTo(json.at("/kind").asString())
			.isEqualTo(protobufHeader.type().kind());
		assertThat(fromJson).as(descriptor.toString()).hasSize(written.size());
		assertThat(fromProtobuf).as(descriptor.toString()).hasSize(written.size());
		for (int i = 0; i < written.size(); i++) {
			JsonNode expected = withKind(descriptor, (ObjectNode) written.get(i));
			assertThat(Documents.differences(tree(descriptor.codec(), jsonCopy(descriptor.codec(), fromJson.get(i))),
					expected))
				.as(descriptor + " from JSON")
				.isEmpty();
			T copy = protobufCopy(descriptor.codec(), fromProtobuf.get(i));
			assertThat(Documents.differences(tree(descriptor.codec(), copy), expected))
				.as(descriptor + " from protobuf")
				.allMatch(EncodingConformanceTests::isTypeOfTemplate);
		}
		if (!written.isEmpty()) {
			withItems.add(descriptor.toString());
		}
	}

	@Test
	void objectsAreWrittenInProtobufAndReadInBothFormats() {
		Set<String> rewritten = new HashSet<>();
		for (ResourceDescriptor<?> descriptor : BuiltInResources.all()) {
			if (descriptor.verbs().containsAll(Set.of("list", "update"))) {
				rewrite(descriptor, rewritten);
			}
		}

		assertThat(rewritten).contains("pods.v1", "deployments.v1.apps", "persistentvolumeclaims.v1",
				"leases.v1.coordination.k8s.io");
	}

	// what was read is sent back in protobuf: nothing must change by that
	private <T extends KubernetesObject> void rewrite(ResourceDescriptor<T> descriptor, Set<String> rewrittenKinds) {
		String own = path(descriptor.resource()).replaceFirst("/([^/]+)$", "/namespaces/" + this.namespace + "/$1");
		Answer list = this.server.get(own);
		if (list.code() != 200 || !descriptor.namespaced()) {
			return;
		}
		for (JsonNode item : list.json().path("items")) {
			String path = own + "/" + item.at("/metadata/name").asString();
			Answer read = this.server.get(path, PROTOBUF).expect(200);
			Answer rewritten = this.server.send("PUT", path, read.body(), PROTOBUF, "application/json").expect(200);
			assertThat(unversioned((ObjectNode) rewritten.json())).as(path)
				.isEqualTo(unversioned(withKind(descriptor, (ObjectNode) item)));
			rewrittenKinds.add(descriptor.toString());
		}
	}

	private static <T> ListHeader decode(ListDecoder<T> decoder, byte[] body, List<T> items) {
		decoder.decode(body, 0, body.length, items::add);
		return decoder.end();
	}

	private static String path(GroupVersionResource resource) {
		return (resource.group().isEmpty() ? "/api/" : "/apis/" + resource.group() + "/") + resource.version() + "/"
				+ resource.resource();
	}

	private static ObjectNode withKind(ResourceDescriptor<?> descriptor, ObjectNode item) {
		ObjectNode result = item.deepCopy();
		result.put("kind", descriptor.kind().kind());
		result.put("apiVersion", descriptor.kind().apiVersion());
		return result;
	}

	// an object within an object has no kind in protobuf
	private static boolean isTypeOfTemplate(String difference) {
		return difference.matches("/spec/volumeClaimTemplates/\\d+/(kind|apiVersion): .*");
	}

	private static <T> T jsonCopy(Codec<T> codec, T object) {
		JsonWriter text = new JsonWriter();
		codec.writeJson(object, text);
		T copy = codec.readJson(new JsonReader(text.toByteArray(), DecodingOptions.defaults()));
		assertThat(copy).isEqualTo(object);
		return copy;
	}

	private static <T> T protobufCopy(Codec<T> codec, T object) {
		ProtobufWriter message = new ProtobufWriter();
		codec.writeProtobuf(object, message);
		T copy = codec.readProtobuf(new ProtobufReader(message.toByteArray(), DecodingOptions.defaults()));
		assertThat(copy).isEqualTo(object);
		return copy;
	}

	private static JsonNode unversioned(ObjectNode object) {
		((ObjectNode) object.get("metadata")).remove(List.of("resourceVersion", "managedFields"));
		return Documents.withoutEmptyValues(object);
	}

	private static <T> JsonNode tree(Codec<T> codec, T object) {
		JsonWriter out = new JsonWriter();
		codec.writeJson(object, out);
		return Answer.MAPPER.readTree(out.toByteArray());
	}

}
