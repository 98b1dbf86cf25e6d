package io.github.k8sclient.api;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.apiextensions.v1.JSONSchemaProps;
import io.github.k8sclient.api.apiextensions.v1.JSONSchemaPropsOrArray;
import io.github.k8sclient.api.apiextensions.v1.JSONSchemaPropsOrBool;
import io.github.k8sclient.api.apiextensions.v1.JSONSchemaPropsOrStringArray;
import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.apps.v1.StatefulSet;
import io.github.k8sclient.api.authentication.v1.TokenReview;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodSpec;
import io.github.k8sclient.api.core.v1.PodStatus;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.api.core.v1.Volume;
import io.github.k8sclient.api.rbac.v1.Role;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.Table;
import io.github.k8sclient.value.Bytes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What users see of the generated types, by example.
 */
class TypicalObjectsTests {

	private static final String REDACTED = "(redacted)";

	@Test
	void deploymentIsBuiltInOneExpression() {
		Deployment deployment = Deployment.builder()
			.metadata((meta) -> meta.name("demo-deployment"))
			.spec((spec) -> spec.replicas(2)
				.selector((selector) -> selector.matchLabels(Map.of("app", "demo")))
				.template((template) -> template.metadata((meta) -> meta.labels(Map.of("app", "demo")))
					.spec((pod) -> pod.addContainer((container) -> container.name("web")
						.image("nginx:1.12")
						.addPort((port) -> port.name("http").containerPort(80).protocol("TCP"))))))
			.build();

		assertThat(deployment).hasToString("""
				{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"demo-deployment"},"spec":{"replicas":2,\
				"selector":{"matchLabels":{"app":"demo"}},"template":{"metadata":{"labels":{"app":"demo"}},"spec":\
				{"containers":[{"name":"web","image":"nginx:1.12","ports":[{"name":"http","containerPort":80,\
				"protocol":"TCP"}]}]}}}}""");
	}

	@Test
	void builderChangesWhatIsThere() {
		Deployment original = read(Deployment.CODEC, """
				{"metadata":{"name":"a","labels":{"x":"1"}},"spec":{"replicas":2,"paused":true,"unheardOf":[1]}}""");

		Deployment changed = original.toBuilder()
			.metadata((meta) -> meta.putLabel("y", "2"))
			.spec((spec) -> spec.replicas(3))
			.build();

		assertThat(write(Deployment.CODEC, changed)).isEqualTo("""
				{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"a","labels":{"x":"1","y":"2"}},\
				"spec":{"replicas":3,"paused":true,"unheardOf":[1]}}""");
		assertThat(original.spec().replicas()).isEqualTo(2);
		assertThat(original.metadata().labels()).containsOnlyKeys("x");
	}

	@Test
	void builderChangesTheElementWithAKey() {
		Pod original = read(Pod.CODEC, """
						{"spec":{"containers":[{"name":"proxy","image":"envoy:1"},\
				{"name":"app","image":"shop:1","unheardOf":1}]}}""");

		Pod changed = original.toBuilder()
			.spec((spec) -> spec.container("app",
					(app) -> app.image("shop:2").env("LEVEL", (level) -> level.value("debug"))))
			.build();

		assertThat(write(Pod.CODEC, changed)).isEqualTo("""
				{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"name":"proxy","image":"envoy:1"},\
				{"name":"app","image":"shop:2","env":[{"name":"LEVEL","value":"debug"}],"unheardOf":1}]}}""");
		assertThat(original.spec().containers().get(1).image()).isEqualTo("shop:1");
	}

	@Test
	void builderAddsTheElementWhoseKeyIsNew() {
		PodStatus scheduled = PodStatus.builder()
			.addCondition((condition) -> condition.type("PodScheduled").status("True"))
			.build();

		PodStatus ready = scheduled.toBuilder().condition("Ready", (condition) -> condition.status("False")).build();

		assertThat(ready).hasToString("""
				{"conditions":[{"type":"PodScheduled","status":"True"},{"type":"Ready","status":"False"}]}""");
		assertThat(scheduled.conditions()).hasSize(1);
	}

	@Test
	void builderDoesNotShareWithObjects() {
		ObjectMeta.Builder builder = ObjectMeta.builder().addFinalizer("a");
		ObjectMeta first = builder.build();

		ObjectMeta second = builder.addFinalizer("b").build();

		assertThat(first.finalizers()).containsExactly("a");
		assertThat(second.finalizers()).containsExactly("a", "b");
	}

	@Test
	void builderCopiesWhatItIsGiven() {
		Map<String, String> labels = new HashMap<>(Map.of("a", "1"));
		ObjectMeta.Builder builder = ObjectMeta.builder().labels(labels);

		labels.put("b", "2");

		assertThat(builder.build().labels()).containsOnlyKeys("a");
	}

	@Test
	void builderRefusesNullElements() {
		assertThatNullPointerException().isThrownBy(() -> ObjectMeta.builder().addFinalizer(null));
		assertThatNullPointerException().isThrownBy(() -> ObjectMeta.builder().putLabel("a", null));
		assertThatNullPointerException().isThrownBy(() -> PodSpec.builder().container(null, (container) -> {
		}));
	}

	@Test
	void metadataIsNeverNull() {
		assertThat(Pod.builder().build().metadata()).isSameAs(ObjectMeta.EMPTY);
		assertThat(read(Pod.CODEC, "{}").metadata().labels()).isEmpty();
	}

	@Test
	void absentMetadataStaysAbsent() {
		assertThat(Pod.builder().build()).hasToString("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}");
	}

	@Test
	void requiredListsAreWrittenEmpty() {
		assertThat(PodSpec.builder().build()).hasToString("{\"containers\":[]}");
		assertThat(Role.builder().build())
			.hasToString("{\"kind\":\"Role\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\"}");
	}

	@Test
	void documentOfAnotherKindIsAnError() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(Pod.CODEC, "{\"kind\":\"Status\",\"apiVersion\":\"v1\"}"))
			.withMessageContaining("kind")
			.withMessageContaining("Pod");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(Deployment.CODEC, "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1beta1\"}"))
			.withMessageContaining("apiVersion");
	}

	@Test
	void metaKindsAreReadInTheVersionOfAnyGroup() {
		Status status = read(Status.CODEC, "{\"kind\":\"Status\",\"apiVersion\":\"apps/v1\",\"code\":404}");

		assertThat(status.code()).isEqualTo(404);
		assertThat(write(DeleteOptions.CODEC, DeleteOptions.builder().gracePeriodSeconds(0L).build()))
			.isEqualTo("{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"gracePeriodSeconds\":0}");
	}

	@Test
	void namesThatJavaTookHaveAnUnderscore() {
		assertThat(ListMeta.builder().continue_("token").build().continue_()).isEqualTo("token");
		assertThat(JSONSchemaProps.builder().ref("#/x").build()).hasToString("{\"$ref\":\"#/x\"}");
	}

	@Test
	void secretsAreNotInText() {
		Secret secret = read(Secret.CODEC, """
				{"metadata":{"name":"s"},"data":{"password":"aHVudGVyMg=="},"stringData":{"pin":"1234"}}""");

		assertThat(secret.toString()).contains("\"password\":\"" + REDACTED, "\"pin\":\"" + REDACTED, "\"name\":\"s\"")
			.doesNotContain("aHVudGVyMg", "hunter2", "1234");
		assertThat(write(Secret.CODEC, secret)).contains("aHVudGVyMg==", "1234");
		assertThat(secret.data()).containsEntry("password", Bytes.ofUtf8("hunter2"));
	}

	@Test
	void lastAppliedSecretIsNotInText() {
		Secret secret = Secret.builder()
			.metadata((meta) -> meta.putAnnotation("kubectl.kubernetes.io/last-applied-configuration",
					"{\"data\":{\"password\":\"aHVudGVyMg==\"}}"))
			.build();

		assertThat(secret.toString()).doesNotContain("aHVudGVyMg");
		assertThat(secret.metadata().toString()).doesNotContain("aHVudGVyMg");
		assertThat(write(Secret.CODEC, secret)).contains("aHVudGVyMg");
	}

	@Test
	void tokensAreNotInText() {
		TokenReview review = TokenReview.builder().spec((spec) -> spec.token("abc.def")).build();

		assertThat(review.toString()).contains(REDACTED).doesNotContain("abc");
		assertThat(review.spec().toString()).doesNotContain("abc");
	}

	@Test
	void nestedKindKeepsItsTypeAsItWas() {
		String document = """
				{"kind":"StatefulSet","apiVersion":"apps/v1","spec":{"selector":{},"template":{},\
				"volumeClaimTemplates":[{"kind":"PersistentVolumeClaim","apiVersion":"v1",\
				"metadata":{"name":"data"}},{"metadata":{}}],"serviceName":"x"}}""";

		StatefulSet set = read(StatefulSet.CODEC, document);

		assertThat(set).hasToString(document);
		assertThat(set.spec().volumeClaimTemplates().get(0).kind()).isEqualTo("PersistentVolumeClaim");
	}

	@Test
	void unknownVolumeSourceOfANewerServerIsKeptInItsMessage() {
		// name = 1, volumeSource = 2 { field 99 = "x" }
		byte[] message = { 0x0a, 1, 'v', 0x12, 4, (byte) 0x9a, 6, 1, 'x' };

		Volume volume = Volume.readProtobuf(new ProtobufReader(message, DecodingOptions.defaults()));

		ProtobufWriter out = new ProtobufWriter();
		volume.writeProtobuf(out);
		assertThat(volume.name()).isEqualTo("v");
		assertThat(out.toByteArray()).isEqualTo(message);
	}

	@Test
	void fieldThatOlderServersAlwaysWriteIsOnlyKeptWhenItSaysSomething() {
		// name = 1, clusterName = 15
		byte[] empty = { 0x0a, 1, 'a', 0x7a, 0 };
		byte[] filled = { 0x0a, 1, 'a', 0x7a, 1, 'x' };

		ObjectMeta withoutCluster = ObjectMeta.readProtobuf(new ProtobufReader(empty, DecodingOptions.defaults()));
		ObjectMeta withCluster = ObjectMeta.readProtobuf(new ProtobufReader(filled, DecodingOptions.defaults()));

		assertThat(withoutCluster).isEqualTo(ObjectMeta.builder().name("a").build());
		ProtobufWriter out = new ProtobufWriter();
		withCluster.writeProtobuf(out);
		assertThat(out.toByteArray()).isEqualTo(filled);
	}

	@Test
	void managedFieldsAreLeftOutOnRequest() {
		DecodingOptions options = DecodingOptions.defaults().withDropManagedFields(true);
		String json = "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":{}}]}}";
		Pod whole = read(Pod.CODEC, json);
		ProtobufWriter out = new ProtobufWriter();
		whole.writeProtobuf(out);

		Pod fromJson = Pod.readJson(new JsonReader(json.getBytes(StandardCharsets.UTF_8), options));
		Pod fromProtobuf = Pod.readProtobuf(new ProtobufReader(out.toByteArray(), options));

		assertThat(whole.metadata().managedFields()).hasSize(1);
		assertThat(fromJson.metadata()).isEqualTo(ObjectMeta.builder().name("a").build());
		assertThat(fromProtobuf).isEqualTo(fromJson);
	}

	@Test
	void schemasAreBooleansOrArraysAsWell() {
		JSONSchemaProps schema = JSONSchemaProps.builder()
			.items(JSONSchemaPropsOrArray.builder().addSchema(JSONSchemaProps.builder().type("string").build()).build())
			.additionalProperties(JSONSchemaPropsOrBool.builder().allows(true).build())
			.additionalItems((or) -> or.schema((props) -> props.type("integer")))
			.putDependency("a", JSONSchemaPropsOrStringArray.builder().properties(List.of("b")).build())
			.build();

		assertThat(schema).hasToString("""
				{"items":[{"type":"string"}],"additionalProperties":true,"dependencies":{"a":["b"]},\
				"additionalItems":{"type":"integer"}}""");
		assertThat(schema.additionalItems().allows()).isTrue();
	}

	@Test
	void deeplyNestedSchemaIsAnError() {
		String json = "{\"not\":".repeat(100_000) + "{}" + "}".repeat(100_000);

		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> JSONSchemaProps
				.readJson(new JsonReader(json.getBytes(StandardCharsets.UTF_8), DecodingOptions.defaults())))
			.withMessageContaining("nested");
	}

	@Test
	void deeplyNestedMessageIsAnError() {
		ProtobufWriter out = new ProtobufWriter();
		for (int depth = 0; depth < 100_000; depth++) {
			out.endMessage(28, 0);
		}
		ProtobufReader in = new ProtobufReader(out.toByteArray(), DecodingOptions.defaults());

		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> JSONSchemaProps.readProtobuf(in))
			.withMessageContaining("nested");
	}

	@Test
	void tablesHaveNoProtobuf() {
		assertThat(Table.CODEC.supportsProtobuf()).isFalse();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> Table.CODEC.writeProtobuf(Table.builder().build(), new ProtobufWriter()));
	}

	private static <T> T read(Codec<T> codec, String json) {
		return codec.readJson(new JsonReader(json.getBytes(StandardCharsets.UTF_8), DecodingOptions.defaults()));
	}

	private static <T> String write(Codec<T> codec, T value) {
		JsonWriter out = new JsonWriter();
		codec.writeJson(value, out);
		return out.toString();
	}

}
