package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class CustomResourceConformanceTests {

	private static final String SCHEMA = """
			{"type":"object","required":["size"],"properties":{
			"size":{"type":"integer","minimum":1,"maximum":10},
			"ratio":{"type":"number","minimum":0,"exclusiveMinimum":true},
			"replicas":{"type":"integer"},
			"color":{"type":"string","enum":["red","green"],"default":"red"},
			"name":{"type":"string","pattern":"^[a-z]+$","minLength":2,"maxLength":5},
			"tags":{"type":"array","items":{"type":"string"},"maxItems":2,"x-kubernetes-list-type":"set"},
			"parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
			"items":{"type":"object","required":["name"],
			"properties":{"name":{"type":"string"},"count":{"type":"integer","default":1}}}},
			"limits":{"type":"object","additionalProperties":{"type":"integer"}},
			"port":{"x-kubernetes-int-or-string":true},
			"note":{"type":"string","nullable":true},
			"since":{"type":"string","format":"date-time"},
			"source":{"type":"object","properties":{"git":{"type":"string"},"path":{"type":"string"}},
			"oneOf":[{"required":["git"]},{"required":["path"]}]},
			"any":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}""";

	@Parameter
	ConformanceServer server;

	private String group;

	private String definition;

	private String widgets;

	@BeforeEach
	void defineWidgets() {
		this.group = CustomResources.newGroup();
		this.definition = CustomResources.DEFINITIONS + "/widgets." + this.group;
		this.widgets = "/apis/" + this.group + "/v1/namespaces/" + this.server.newNamespace() + "/widgets";
		CustomResources.define(this.server, CustomResources.widgets(this.group, SCHEMA));
	}

	@Test
	void definitionIsEstablishedWithItsNames() {
		JsonNode definition = awaitCondition(this.definition, "Established", "True");

		assertThat(condition(definition, "NamesAccepted").path("reason").asString()).isEqualTo("NoConflicts");
		assertThat(condition(definition, "Established").path("reason").asString()).isEqualTo("InitialNamesAccepted");
		assertThat(definition.at("/status/acceptedNames")).isEqualTo(definition.at("/spec/names"));
		assertThat(definition.at("/spec/names/singular").asString()).isEqualTo("widget");
		assertThat(definition.at("/spec/names/listKind").asString()).isEqualTo("WidgetList");
		assertThat(definition.at("/spec/conversion/strategy").asString()).isEqualTo("None");
		assertThat(definition.at("/status/storedVersions").toString()).isEqualTo("[\"v1\"]");
	}

	@Test
	void discoveryListsResourceAndSubresources() {
		List<JsonNode> resources = this.server.get("/apis/" + this.group + "/v1")
			.expect(200)
			.json()
			.path("resources")
			.valueStream()
			.toList();

		JsonNode widgets = resources.get(0);
		assertThat(widgets.path("name").asString()).isEqualTo("widgets");
		assertThat(widgets.path("singularName").asString()).isEqualTo("widget");
		assertThat(widgets.path("kind").asString()).isEqualTo("Widget");
		assertThat(widgets.path("namespaced").asBoolean()).isTrue();
		assertThat(widgets.path("shortNames").toString()).isEqualTo("[\"wd\"]");
		assertThat(widgets.path("categories").toString()).isEqualTo("[\"all\"]");
		assertThat(widgets.path("verbs").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder("create",
				"delete", "deletecollection", "get", "list", "patch", "update", "watch");
		assertThat(resources).extracting((resource) -> resource.path("name").asString())
			.containsExactlyInAnyOrder("widgets", "widgets/status", "widgets/scale");
		assertThat(this.server.get("/apis/" + this.group).at("/preferredVersion/version").asString()).isEqualTo("v1");
	}

	@Test
	void definitionOfOtherNameThanItsResourceIsInvalid() {
		String group = CustomResources.newGroup();
		String misnamed = CustomResources.widgets(group, "{\"type\":\"object\"}").replace("widgets." + group, "other");

		Answer answer = this.server.post(CustomResources.DEFINITIONS, misnamed).expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactly("FieldValueInvalid metadata.name");
	}

	@Test
	void definitionNeedsNamesScopeAndVersions() {
		Answer answer = this.server.post(CustomResources.DEFINITIONS, "{\"metadata\":{\"name\":\"a.b\"}}")
			.expectFailure(422, "Invalid");

		assertThat(answer.causes()).contains("FieldValueInvalid metadata.name", "FieldValueRequired spec.group",
				"FieldValueRequired spec.scope", "FieldValueInvalid spec.versions",
				"FieldValueRequired spec.names.plural", "FieldValueRequired spec.names.kind");
	}

	@Test
	void definitionNeedsSchemas() {
		String group = CustomResources.newGroup();
		Answer answer = this.server.post(CustomResources.DEFINITIONS, """
				{"metadata":{"name":"gadgets.%s"},"spec":{"group":"%s","scope":"Cluster",
				"names":{"plural":"gadgets","kind":"Gadget"},
				"versions":[{"name":"v1","served":true,"storage":true}]}}""".formatted(group, group))
			.expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactly("FieldValueRequired spec.versions[0].schema.openAPIV3Schema");
	}

	@Test
	void scopeOfDefinitionIsImmutable() {
		awaitCondition(this.definition, "Established", "True");
		Answer answer = this.server.patch(this.definition, "{\"spec\":{\"scope\":\"Cluster\"}}")
			.expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactly("FieldValueInvalid spec.scope");
	}

	@Test
	void secondDefinitionOfAKindIsNotServed() {
		String rival = CustomResources.widgets(this.group, "{\"type\":\"object\"}")
			.replace("widgets", "gadgets")
			.replace("\"wd\"", "\"gd\"");
		awaitCondition(this.definition, "Established", "True");
		this.server.post(CustomResources.DEFINITIONS, rival).expect(201);

		JsonNode definition = awaitCondition(CustomResources.DEFINITIONS + "/gadgets." + this.group, "NamesAccepted",
				"False");

		assertThat(condition(definition, "NamesAccepted").path("reason").asString()).isEqualTo("ListKindConflict");
		assertThat(condition(definition, "NamesAccepted").path("message").asString())
			.isEqualTo("\"WidgetList\" is already in use");
		assertThat(condition(definition, "Established").path("status").asString()).isEqualTo("False");
		this.server.get("/apis/" + this.group + "/v1/gadgets").expect(404);
	}

	@Test
	void objectIsCreatedWithDefaultsAndWithoutUnknownMembersAndStatus() {
		JsonNode created = create("""
				{"size":2,"nosuch":1,"any":{"x":{"y":1}},"parts":[{"name":"p","nosuch":1}]},
				"status":{"replicas":3},"nosuch":true""").expect(201).json();

		assertThat(created.path("spec").toString()).isEqualTo(
				"{\"any\":{\"x\":{\"y\":1}},\"color\":\"red\",\"parts\":[{\"count\":1,\"name\":\"p\"}],\"size\":2}");
		assertThat(created.has("status")).isFalse();
		assertThat(created.has("nosuch")).isFalse();
		assertThat(created.at("/metadata/generation").asInt()).isEqualTo(1);
		assertThat(this.server.get(this.widgets + "/a").expect(200).json()).isEqualTo(created);
	}

	@Test
	void nullsWhereNullIsNoValueAreDropped() {
		JsonNode created = create("{\"size\":2,\"replicas\":null,\"color\":null,\"note\":null}").expect(201).json();

		assertThat(created.path("spec").toString()).isEqualTo("{\"color\":\"red\",\"note\":null,\"size\":2}");
	}

	@Test
	void bodyMustNameKindAndVersion() {
		assertThat(this.server.post(this.widgets, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":1}}")
			.expectFailure(400, "BadRequest")
			.at("/message")
			.asString())
			.contains("Object 'Kind' is missing in '{\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":1}}'");
		this.server
			.post(this.widgets,
					"{\"apiVersion\":\"%s/v2\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"a\"}}"
						.formatted(this.group))
			.expectFailure(400, "BadRequest",
					"the API version in the data (%s/v2) does not match the expected ".formatted(this.group)
							+ "API version (%s/v1)".formatted(this.group));
		Answer answer = this.server
			.post(this.widgets,
					"{\"apiVersion\":\"%s/v1\",\"kind\":\"Gadget\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":1}}"
						.formatted(this.group))
			.expectFailure(422, "Invalid");
		assertThat(answer.causes()).containsExactly("FieldValueInvalid kind");
	}

	@Test
	void objectIsHeldAgainstTheSchema() {
		Answer answer = create("""
				{"size":20,"ratio":0,"replicas":"x","color":"blue","name":"A",
				"limits":{"cpu":"x"},"port":true,"since":"yesterday"}""").expectFailure(422, "Invalid");

		assertThat(answer.causes()).contains("FieldValueInvalid spec.size", "FieldValueInvalid spec.ratio",
				"FieldValueNotSupported spec.color", "FieldValueInvalid spec.name");
		assertThat(answer.at("/details/causes").findValuesAsString("field")).contains("spec.replicas",
				"spec.limits.cpu", "spec.port", "spec.since");
	}

	@Test
	void wrongTypesHaveAReasonOfTheirOwn() {
		this.server.assumeRelease(36, "one reason for all wrong values");
		Answer answer = create("""
				{"size":2,"replicas":"x","limits":{"cpu":"x"},"port":true,"since":"yesterday"}""").expectFailure(422,
				"Invalid");

		assertThat(answer.causes()).contains("FieldValueTypeInvalid spec.replicas",
				"FieldValueTypeInvalid spec.limits.cpu", "FieldValueTypeInvalid spec.port",
				"FieldValueTypeInvalid spec.since");
	}

	@Test
	void requiredMemberMustBeThere() {
		create("{}").expectFailure(422, "Invalid",
				"Widget.%s \"a\" is invalid: spec.size: Required value".formatted(this.group));
	}

	@Test
	void typeMustMatch() {
		create("{\"size\":\"2\"}").expectFailure(422, "Invalid",
				("Widget.%s \"a\" is invalid: spec.size: Invalid value: \"string\": "
						+ "spec.size in body must be of type integer: \"string\"")
					.formatted(this.group));
	}

	@Test
	void numberWithAFractionIsNoInteger() {
		assertThat(create("{\"size\":1.5}").expectFailure(422, "Invalid").at("/message").asString())
			.contains("spec.size: Invalid value: \"number\": spec.size in body must be of type integer: \"number\"");
	}

	@Test
	void numberMustBeInItsLimits() {
		create("{\"size\":20}").expectFailure(422, "Invalid",
				("Widget.%s \"a\" is invalid: spec.size: Invalid value: 20: "
						+ "spec.size in body should be less than or equal to 10")
					.formatted(this.group));
	}

	@Test
	void textMustMatchItsPattern() {
		create("{\"size\":2,\"name\":\"ABC\"}").expectFailure(422, "Invalid",
				("Widget.%s \"a\" is invalid: spec.name: Invalid value: \"ABC\": "
						+ "spec.name in body should match '^[a-z]+$'")
					.formatted(this.group));
	}

	@Test
	void exactlyOneAlternativeMustFit() {
		assertThat(create("{\"size\":2,\"source\":{\"git\":\"g\",\"path\":\"p\"}}").expectFailure(422, "Invalid")
			.at("/message")
			.asString()).contains("must validate one and only one schema (oneOf)");
		create("{\"size\":2,\"source\":{\"git\":\"g\"}}").expect(201);
	}

	@Test
	void elementsOfSetsAndMapsAreUnique() {
		Answer answer = create("{\"size\":2,\"tags\":[\"a\",\"a\"],\"parts\":[{\"name\":\"p\"},{\"name\":\"p\"}]}")
			.expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactlyInAnyOrder("FieldValueDuplicate spec.tags[1]",
				"FieldValueDuplicate spec.parts[1]");
	}

	@Test
	void updateNeedsTheResourceVersion() {
		create("{\"size\":2}").expect(201);

		Answer answer = this.server.put(this.widgets + "/a", widget("{\"size\":3}")).expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactly("FieldValueInvalid metadata.resourceVersion");
		assertThat(answer.at("/message").asString()).startsWith("widgets.%s \"a\" is invalid: ".formatted(this.group))
			.endsWith(": must be specified for an update");
	}

	@Test
	void updateOfTheObjectLeavesTheStatusAndCountsAGeneration() {
		create("{\"size\":2}").expect(201);
		this.server.patch(this.widgets + "/a/status", "{\"status\":{\"replicas\":4}}").expect(200);

		JsonNode patched = this.server
			.patch(this.widgets + "/a",
					"{\"metadata\":{\"labels\":{\"l\":\"1\"}},\"spec\":{\"size\":3},\"status\":{\"replicas\":9}}")
			.expect(200)
			.json();

		assertThat(patched.at("/status/replicas").asInt()).isEqualTo(4);
		assertThat(patched.at("/metadata/generation").asInt()).isEqualTo(2);
		assertThat(patched.at("/metadata/labels/l").asString()).isEqualTo("1");
	}

	@Test
	void updateOfTheStatusLeavesEverythingElse() {
		create("{\"size\":2}").expect(201);

		JsonNode patched = this.server
			.patch(this.widgets + "/a/status",
					"{\"metadata\":{\"labels\":{\"l\":\"1\"}},\"spec\":{\"size\":3},\"status\":{\"replicas\":9}}")
			.expect(200)
			.json();

		assertThat(patched.at("/status/replicas").asInt()).isEqualTo(9);
		assertThat(patched.at("/spec/size").asInt()).isEqualTo(2);
		assertThat(patched.at("/metadata/generation").asInt()).isEqualTo(1);
		assertThat(patched.path("metadata").has("labels")).isFalse();
	}

	@Test
	void scaleShowsAndChangesReplicas() {
		create("{\"size\":2,\"replicas\":3}").expect(201);
		this.server.patch(this.widgets + "/a/status", "{\"status\":{\"replicas\":1,\"selector\":\"x=y\"}}").expect(200);

		JsonNode scale = this.server.get(this.widgets + "/a/scale").expect(200).json();
		assertThat(scale.path("kind").asString()).isEqualTo("Scale");
		assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(3);
		assertThat(scale.at("/status/replicas").asInt()).isEqualTo(1);
		assertThat(scale.at("/status/selector").asString()).isEqualTo("x=y");

		this.server.patch(this.widgets + "/a/scale", "{\"spec\":{\"replicas\":5}}").expect(200);
		assertThat(this.server.get(this.widgets + "/a").at("/spec/replicas").asInt()).isEqualTo(5);
		this.server.patch(this.widgets + "/a/scale", "{\"spec\":{\"replicas\":-1}}").expectFailure(422, "Invalid");
	}

	@Test
	void patchesAreMergeAndJsonPatches() {
		create("{\"size\":2}").expect(201);

		this.server
			.send("PATCH", this.widgets + "/a", "[{\"op\":\"replace\",\"path\":\"/spec/size\",\"value\":4}]",
					"application/json-patch+json", null)
			.expect(200);
		this.server
			.send("PATCH", this.widgets + "/a", "{\"spec\":{\"size\":5}}", "application/strategic-merge-patch+json",
					null)
			.expectFailure(415, "UnsupportedMediaType",
					"the body of the request was in an unknown format - accepted media types include: "
							+ "application/json-patch+json, application/merge-patch+json, "
							+ "application/apply-patch+yaml");
		assertThat(this.server.get(this.widgets + "/a").at("/spec/size").asInt()).isEqualTo(4);
	}

	@Test
	void objectsTravelInJsonOnly() {
		create("{\"size\":2}").expect(201);
		String protobuf = "application/vnd.kubernetes.protobuf";

		assertThat(this.server.get(this.widgets + "/a", protobuf).expect(406).contentType()).isEqualTo(protobuf);
		assertThat(this.server.get(this.widgets, protobuf + ",application/json").expect(200).itemNames())
			.containsExactly("a");
		// a strict decoder of protobuf is missing there, over which current servers fall
		this.server.send("POST", this.widgets + "?fieldValidation=Ignore", "x", protobuf, null)
			.expectFailure(400, "BadRequest");
	}

	@Test
	void metadataAloneTravelsInProtobufToo() {
		create("{\"size\":2}").expect(201);

		Answer answer = this.server
			.get(this.widgets, "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
			.expect(200);

		assertThat(answer.text()).startsWith("k8s\0").contains("PartialObjectMetadataList");
	}

	@Test
	void itemsOfListsNameTheirKind() {
		create("{\"size\":2}").expect(201);

		JsonNode list = this.server.get(this.widgets).expect(200).json();

		assertThat(list.path("kind").asString()).isEqualTo("WidgetList");
		assertThat(list.at("/items/0/kind").asString()).isEqualTo("Widget");
		assertThat(list.at("/items/0/apiVersion").asString()).isEqualTo(this.group + "/v1");
	}

	@Test
	void changesAreWatched() {
		String start = this.server.get(this.widgets).resourceVersion();
		create("{\"size\":2}").expect(201);
		this.server.patch(this.widgets + "/a", "{\"spec\":{\"size\":3}}").expect(200);
		this.server.delete(this.widgets + "/a").expect(200);

		assertThat(this.server.firstEvents(this.widgets + "?resourceVersion=" + start, null, 3))
			.extracting((event) -> event.path("type").asString())
			.containsExactly("ADDED", "MODIFIED", "DELETED");
	}

	@Test
	void fieldSelectorsKnowNameAndNamespaceOnly() {
		create("{\"size\":2}").expect(201);

		assertThat(this.server.get(this.widgets + "?fieldSelector=metadata.name=a").itemNames()).containsExactly("a");
		this.server.get(this.widgets + "?fieldSelector=spec.size=2")
			.expectFailure(400, "BadRequest", "field label not supported: spec.size");
	}

	@Test
	void versionsShareTheirObjects() {
		String group = CustomResources.newGroup();
		CustomResources.define(this.server, """
				{"metadata":{"name":"gadgets.%s"},"spec":{"group":"%s","scope":"Cluster",
				"names":{"plural":"gadgets","kind":"Gadget"},"versions":[
				{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object",
				"properties":{"spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}},
				{"name":"v1beta1","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object",
				"properties":{"spec":{"type":"object","properties":{"a":{"type":"string"}}}}}}},
				{"name":"v1alpha1","served":false,"storage":false,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}"""
			.formatted(group, group));
		this.server
			.post("/apis/" + group + "/v1/gadgets",
					"""
							{"apiVersion":"%s/v1","kind":"Gadget","metadata":{"name":"g"},"spec":{"a":"1","b":2}}"""
						.formatted(group))
			.expect(201);

		JsonNode older = this.server.get("/apis/" + group + "/v1beta1/gadgets/g").expect(200).json();

		assertThat(older.path("apiVersion").asString()).isEqualTo(group + "/v1beta1");
		assertThat(older.path("spec").toString()).isEqualTo("{\"a\":\"1\"}");
		this.server.get("/apis/" + group + "/v1alpha1/gadgets/g").expect(404);
	}

	@Test
	void newSchemaHoldsForOldObjects() {
		create("{\"size\":2,\"any\":{\"x\":1}}").expect(201);
		awaitCondition(this.definition, "Established", "True");
		this.server
			.send("PATCH", this.definition, """
					[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/extra",
					"value":{"type":"string","default":"new"}},
					{"op":"remove","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/any"}]""",
					"application/json-patch+json", null)
			.expect(200);

		Awaitility.await("the new schema")
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(this.server.get(this.widgets + "/a").at("/spec").toString())
				.isEqualTo("{\"color\":\"red\",\"extra\":\"new\",\"size\":2}"));
	}

	@Test
	void deletionOfDefinitionTakesObjectsAlongAndWaitsForFinalizers() {
		create("{\"size\":2}").expect(201);
		this.server
			.post(this.widgets,
					widget("{\"size\":2}").replace("\"name\":\"a\"",
							"\"name\":\"held\",\"finalizers\":[\"example.org/hold\"]"))
			.expect(201);

		JsonNode deleted = this.server.delete(this.definition).expect(200).json();
		assertThat(deleted.at("/metadata/finalizers/0").asString())
			.isEqualTo("customresourcecleanup.apiextensions.k8s.io");
		Awaitility.await("deletion of objects")
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(this.server.get(this.widgets).itemNames()).containsExactly("held"));
		Awaitility.await("refusal of new objects")
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(create("{\"size\":2}").at("/message").asString(""))
				.endsWith("create not allowed while custom resource definition is terminating"));

		this.server.patch(this.widgets + "/held", "{\"metadata\":{\"finalizers\":null}}").expect(200);
		Awaitility.await("deletion of the definition")
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.server.get(this.definition).code() == 404);
		Awaitility.await("end of service")
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.server.get(this.widgets).code() == 404);
	}

	@Test
	void nothingIsCreatedWhileTheDefinitionGoes() {
		this.server.assumeRelease(36, "405");
		String held = "\"name\":\"held\",\"finalizers\":[\"example.org/hold\"]";
		this.server.post(this.widgets, widget("{\"size\":2}").replace("\"name\":\"a\"", held)).expect(201);
		this.server.delete(this.definition).expect(200);

		Awaitility.await("refusal of new objects")
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> create("{\"size\":2}").expectFailure(403, "Forbidden",
					("widgets.%s \"a\" is forbidden: create not allowed while custom resource definition "
							+ "is terminating")
						.formatted(this.group)));
		this.server.patch(this.widgets + "/held", "{\"metadata\":{\"finalizers\":null}}").expect(200);
	}

	private Answer create(String spec) {
		return this.server.post(this.widgets, widget(spec));
	}

	private String widget(String spec) {
		return "{\"apiVersion\":\"%s/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"a\"},\"spec\":%s}"
			.formatted(this.group, spec);
	}

	private JsonNode awaitCondition(String path, String type, String status) {
		return Awaitility.await(type + " of " + path)
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.server.get(path).json(),
					(definition) -> condition(definition, type).path("status").asString("").equals(status));
	}

	private static JsonNode condition(JsonNode definition, String type) {
		return definition.at("/status/conditions")
			.valueStream()
			.filter((condition) -> condition.path("type").asString().equals(type))
			.findFirst()
			.orElse(definition.path("nosuch"));
	}

}
