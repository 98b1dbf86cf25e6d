package io.github.k8sclient.dynamic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.api.core.v1.Service;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.value.Bytes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Unstructured}.
 */
class UnstructuredTests {

	private static final String PROMETHEUS = """
			{"apiVersion":"monitoring.coreos.com/v1","kind":"Prometheus",
			 "metadata":{"name":"main","namespace":"monitoring","uid":"u1","resourceVersion":"7","generation":3,
			  "labels":{"app":"p"},"annotations":{"a":"1"},"finalizers":["f"],"somethingNew":{"x":1},
			  "creationTimestamp":"2026-01-02T03:04:05Z","deletionTimestamp":"2026-01-02T03:04:06Z",
			  "deletionGracePeriodSeconds":30,
			  "ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"c","uid":"u2"}],
			  "managedFields":[{"manager":"m","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1",
			   "fieldsV1":{"f:spec":{}}}]},
			 "spec":{"replicas":2,"big":123456789012345678901234567890,"ratio":0.10,"tiny":1E-9,"paused":false,
			  "version":"v3","tags":["a","b"],"selector":{"team":"x"},"nothing":null,"list":[1,null,{"n":null}]}}""";

	private final Unstructured prometheus = parse(PROMETHEUS);

	@Test
	void metadataHaveAllAccessors() {
		ObjectMeta metadata = this.prometheus.metadata();

		assertThat(metadata.name()).isEqualTo("main");
		assertThat(metadata.namespace()).isEqualTo("monitoring");
		assertThat(metadata.uid()).isEqualTo("u1");
		assertThat(metadata.resourceVersion()).isEqualTo("7");
		assertThat(metadata.generation()).isEqualTo(3);
		assertThat(metadata.labels()).containsEntry("app", "p");
		assertThat(metadata.annotations()).containsEntry("a", "1");
		assertThat(metadata.finalizers()).containsExactly("f");
		assertThat(metadata.creationTimestamp()).hasToString("2026-01-02T03:04:05Z");
		assertThat(metadata.deletionTimestamp()).hasToString("2026-01-02T03:04:06Z");
		assertThat(metadata.deletionGracePeriodSeconds()).isEqualTo(30);
		assertThat(metadata.ownerReferences()).singleElement()
			.satisfies((owner) -> assertThat(owner.uid()).isEqualTo("u2"));
		assertThat(metadata.managedFields()).singleElement()
			.satisfies((entry) -> assertThat(entry.manager()).isEqualTo("m"));
	}

	@Test
	void kindIsThatOfTheDocument() {
		assertThat(this.prometheus.groupVersionKind())
			.isEqualTo(GroupVersionKind.of("monitoring.coreos.com", "v1", "Prometheus"));
		assertThat(parse("{}").apiVersion()).isEmpty();
		assertThat(parse("{}").kind()).isEmpty();
		assertThat(parse("{}").metadata()).isEqualTo(ObjectMeta.EMPTY);
	}

	@Test
	void valuesAreReadByPath() {
		assertThat(this.prometheus.nestedString("spec", "version")).isEqualTo("v3");
		assertThat(this.prometheus.nestedLong("spec", "replicas")).isEqualTo(2L);
		assertThat(this.prometheus.nestedBoolean("spec", "paused")).isFalse();
		assertThat(this.prometheus.nestedStrings("spec", "tags")).containsExactly("a", "b");
		assertThat(this.prometheus.nestedStringMap("spec", "selector")).isEqualTo(Map.of("team", "x"));
		assertThat(this.prometheus.nestedMap("spec", "selector")).isEqualTo(Map.of("team", "x"));
		assertThat(this.prometheus.nestedList("spec", "list")).hasSize(3).startsWith(1L, null);
		assertThat(this.prometheus.nestedString("metadata", "labels", "app")).isEqualTo("p");
		assertThat(this.prometheus.nestedLong("metadata", "somethingNew", "x")).isEqualTo(1L);
	}

	@Test
	void numbersKeepTheirDigits() {
		assertThat(this.prometheus.nested("spec", "replicas")).isEqualTo(2L);
		assertThat(this.prometheus.nested("spec", "big")).isEqualTo(new BigInteger("123456789012345678901234567890"));
		assertThat(this.prometheus.nested("spec", "ratio")).isEqualTo(new BigDecimal("0.10"));
		assertThat(this.prometheus.nestedDecimal("spec", "big")).isEqualByComparingTo("123456789012345678901234567890");
		assertThat(this.prometheus.nestedDecimal("spec", "replicas")).isEqualByComparingTo("2");
		assertThat(this.prometheus.nestedDouble("spec", "tiny")).isEqualTo(1e-9);
	}

	@Test
	void absentAndNullValuesAreNull() {
		assertThat(this.prometheus.nestedString("spec", "nothing")).isNull();
		assertThat(this.prometheus.nestedLong("status", "replicas")).isNull();
		assertThat(this.prometheus.nestedList("spec", "none")).isNull();
		assertThat(this.prometheus.nestedStrings("spec", "none")).isNull();
		assertThat(this.prometheus.nestedDouble("spec", "none")).isNull();
	}

	@Test
	void wrongTypesAreNamedWithoutTheValue() {
		assertThatExceptionOfType(FieldTypeException.class)
			.isThrownBy(() -> this.prometheus.nestedLong("spec", "version"))
			.withMessage("spec.version of Prometheus monitoring/main is a text, not an integer of 64 bits")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo("spec.version"))
			.satisfies((ex) -> assertThat(ex.actual()).isEqualTo("a text"))
			.satisfies((ex) -> assertThat(ex.expected()).isEqualTo("an integer of 64 bits"));
		assertThatExceptionOfType(FieldTypeException.class)
			.isThrownBy(() -> this.prometheus.nestedString("spec", "version", "major"))
			.withMessage("spec.version of Prometheus monitoring/main is a text, not an object");
		assertThatExceptionOfType(FieldTypeException.class)
			.isThrownBy(() -> this.prometheus.nestedLong("spec", "ratio"))
			.withMessageContaining("is a decimal number");
		assertThatExceptionOfType(FieldTypeException.class)
			.isThrownBy(() -> this.prometheus.nestedStrings("spec", "list"))
			.withMessageStartingWith("spec.list[0] of");
		assertThatExceptionOfType(FieldTypeException.class).isThrownBy(() -> this.prometheus.nestedStringMap("spec"))
			.withMessageStartingWith("spec.replicas of");
	}

	@Test
	void documentSurvivesARoundTrip() {
		Unstructured again = parse(json(this.prometheus));

		assertThat(again).isEqualTo(this.prometheus).hasSameHashCodeAs(this.prometheus);
		assertThat(json(this.prometheus)).contains("\"somethingNew\":{\"x\":1}")
			.contains("\"ratio\":0.10")
			.contains("\"big\":123456789012345678901234567890")
			.contains("\"nothing\":null")
			.contains("\"list\":[1,null,{\"n\":null}]")
			.startsWith("{\"apiVersion\":\"monitoring.coreos.com/v1\",\"kind\":\"Prometheus\",\"metadata\":{");
	}

	@Test
	void builderChangesACopy() {
		Unstructured changed = this.prometheus.toBuilder()
			.set(5, "spec", "replicas")
			.set(List.of(Map.of("name", "alert")), "spec", "alerting", "managers")
			.remove("spec", "version")
			.remove("spec", "none", "deeper")
			.metadata((metadata) -> metadata.putLabel("team", "y"))
			.build();

		assertThat(changed.nestedLong("spec", "replicas")).isEqualTo(5);
		assertThat(changed.nested("spec", "alerting", "managers")).isEqualTo(List.of(Map.of("name", "alert")));
		assertThat(changed.nested("spec", "version")).isNull();
		assertThat(changed.metadata().labels()).isEqualTo(Map.of("app", "p", "team", "y"));
		assertThat(json(changed)).contains("\"somethingNew\":{\"x\":1}");
		assertThat(this.prometheus).isEqualTo(parse(PROMETHEUS));
	}

	@Test
	void metadataAreChangedByPathToo() {
		Unstructured changed = this.prometheus.toBuilder()
			.set("y", "metadata", "labels", "team")
			.remove("metadata", "annotations", "a")
			.set(8, "metadata", "generation")
			.build();

		assertThat(changed.metadata().labels()).containsEntry("team", "y");
		assertThat(changed.metadata().annotations()).isEmpty();
		assertThat(changed.metadata().generation()).isEqualTo(8);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.prometheus.toBuilder().set(1, "metadata", "labels", "app"))
			.withMessageContaining("metadata.labels");
		assertThatExceptionOfType(FieldTypeException.class)
			.isThrownBy(() -> this.prometheus.toBuilder().set("text", "metadata"));
	}

	@Test
	void builderRefusesWrongTypes() {
		Unstructured.Builder builder = this.prometheus.toBuilder();

		assertThatExceptionOfType(FieldTypeException.class).isThrownBy(() -> builder.set(1, "spec", "version", "major"))
			.withMessage("spec.version of Prometheus monitoring/main is a text, not an object");
		assertThatExceptionOfType(FieldTypeException.class).isThrownBy(() -> builder.set(1, "kind"));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.set(new Object(), "spec", "x"))
			.withMessageContaining("java.lang.Object");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.set(Double.NaN, "spec", "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.set(Map.of(1, "x"), "spec", "x"));
	}

	@Test
	void valuesAreCopiedAndImmutable() {
		List<Object> list = new ArrayList<>(Arrays.asList(1, 2.5, null));

		Unstructured object = Unstructured.builder("v1", "X").set(list, "list").build();
		list.clear();

		assertThat(object.nestedList("list")).containsExactly(1L, new BigDecimal("2.5"), null);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> object.nestedList("list").add(1));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> object.toMap().put("x", 1));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.prometheus.nestedMap("spec").put("x", 1));
	}

	@Test
	void valueInsideItselfIsRefused() {
		List<Object> endless = new ArrayList<>();
		endless.add(endless);

		assertThatIllegalArgumentException().isThrownBy(() -> Unstructured.of(Map.of("spec", endless)));
	}

	@Test
	void objectsOfClassesAreConverted() {
		Service service = Service.builder()
			.metadata((metadata) -> metadata.name("web"))
			.spec((spec) -> spec.selector(Map.of("app", "web")))
			.build();

		Unstructured tree = Unstructured.of(service);

		assertThat(tree.groupVersionKind()).isEqualTo(GroupVersionKind.of("v1", "Service"));
		assertThat(tree.nestedString("spec", "selector", "app")).isEqualTo("web");
		assertThat(tree.to(Service.class)).isEqualTo(service);
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> tree.to(Secret.class))
			.withMessageContaining("Service");
	}

	@Test
	void itemsOfAListHaveTheirType() {
		Unstructured list = parse("""
					{"kind":"PodList","apiVersion":"v1",
				"items":[{"metadata":{"name":"a"}},{"kind":"Other","apiVersion":"v2"}]}""");

		assertThat(list.isList()).isTrue();
		assertThat(list.items()).extracting(Unstructured::kind).containsExactly("Pod", "Other");
		assertThat(list.items()).extracting(Unstructured::apiVersion).containsExactly("v1", "v2");
		assertThat(this.prometheus.isList()).isFalse();
		assertThat(this.prometheus.items()).isEmpty();
	}

	@Test
	void textHasNoSecrets() {
		Unstructured secret = Unstructured.of(Secret.builder()
			.metadata((metadata) -> metadata.name("s")
				.annotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "aHVudGVyMg==")))
			.putData("password", Bytes.ofBase64("aHVudGVyMg=="))
			.putStringData("other", "hunter2")
			.build());
		Unstructured list = Unstructured.of(Map.of("apiVersion", "v1", "kind", "SecretList", "items",
				List.of(Map.of("data", Map.of("password", "aHVudGVyMg==")))));

		assertThat(secret.toString()).contains("password", "other", "\"name\":\"s\"")
			.doesNotContain("aHVudGVyMg==", "hunter2");
		assertThat(json(secret)).contains("aHVudGVyMg==", "hunter2");
		assertThat(list.toString()).contains("password").doesNotContain("aHVudGVyMg==");
		assertThat(Unstructured.of(Map.of("apiVersion", "v1", "kind", "Secret", "data", "hunter2")).toString())
			.doesNotContain("hunter2");
		assertThat(this.prometheus.toString()).contains("\"replicas\":2");
	}

	@Test
	void brokenDocumentIsRefusedWithItsPlace() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> parse("{\"metadata\":{\"labels\":{\"a\":1}}}"))
			.withMessageContaining("metadata.labels.a");
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> parse("[]"));
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> parse("{\"spec\":1e99999999999}"))
			.withMessageContaining("exponent");
	}

	private static Unstructured parse(String json) {
		return Unstructured.parse(json.getBytes(StandardCharsets.UTF_8));
	}

	private static String json(Unstructured object) {
		JsonWriter out = new JsonWriter();
		object.writeJson(out);
		return out.toString();
	}

}
