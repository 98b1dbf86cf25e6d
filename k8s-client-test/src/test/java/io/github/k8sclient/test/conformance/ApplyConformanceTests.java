package io.github.k8sclient.test.conformance;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class ApplyConformanceTests {

	private static final String APPLY = "application/apply-patch+yaml";

	private static final String DEPLOYMENT = """
			{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","labels":{"l":"1"}},
			"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},
			"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[
			{"name":"c","image":"i:1","env":[{"name":"E","value":"1"}],"ports":[{"containerPort":80}]},
			{"name":"s","image":"i:1"}]}}}}""";

	@Parameter
	ConformanceServer server;

	private String map;

	private String deployment;

	@BeforeEach
	void createNamespace() {
		String namespace = this.server.newNamespace();
		this.map = "/api/v1/namespaces/" + namespace + "/configmaps/c";
		this.deployment = "/apis/apps/v1/namespaces/" + namespace + "/deployments/d";
	}

	@Test
	void applyCreatesTheObject() {
		JsonNode created = apply("one", map("'a':'1','b':'1'")).expect(201).json();

		assertThat(created.at("/data/a").asString()).isEqualTo("1");
		JsonNode entry = created.at("/metadata/managedFields/0");
		assertThat(entry.path("manager").asString()).isEqualTo("one");
		assertThat(entry.path("operation").asString()).isEqualTo("Apply");
		assertThat(entry.path("apiVersion").asString()).isEqualTo("v1");
		assertThat(entry.path("fieldsType").asString()).isEqualTo("FieldsV1");
		assertThat(entry.path("time").asString()).matches("20\\d\\d-.*Z");
		assertThat(entry.path("fieldsV1").toString()).isEqualTo("{\"f:data\":{\"f:a\":{},\"f:b\":{}}}");
	}

	@Test
	void applyOfTheSameChangesNothing() {
		Answer created = apply("one", map("'a':'1'")).expect(201);

		assertThat(apply("one", map("'a':'1'")).expect(200).resourceVersion()).isEqualTo(created.resourceVersion());
	}

	@Test
	void configurationIsWrittenInYaml() {
		JsonNode created = this.server.send("PATCH", this.map + "?fieldManager=one", """
				apiVersion: v1
				kind: ConfigMap
				metadata:
				  name: c
				  annotations:
				    since: "2020-01-01"
				data:
				  text: |
				    two
				    lines
				""", APPLY, null).expect(201).json();

		assertThat(created.at("/data/text").asString()).isEqualTo("two\nlines\n");
		assertThat(created.at("/metadata/annotations/since").asString()).isEqualTo("2020-01-01");
	}

	@Test
	void malformedYamlIsABadRequest() {
		this.server.send("PATCH", this.map + "?fieldManager=one", "a: [", APPLY, null).expectFailure(400, "BadRequest");
		this.server.send("PATCH", this.map + "?fieldManager=one", "5", APPLY, null).expectFailure(400, "BadRequest");
	}

	@Test
	void fieldManagerIsRequired() {
		Answer answer = this.server.send("PATCH", this.map, map("'a':'1'"), APPLY, null).expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactly("FieldValueRequired fieldManager");
	}

	@Test
	void forceIsForApplyOnly() {
		apply("one", map("'a':'1'")).expect(201);

		Answer answer = this.server.patch(this.map + "?force=true", "{}").expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactly("FieldValueForbidden force");
	}

	@Test
	void otherValueOfAnothersFieldConflicts() {
		apply("one", map("'a':'1','b':'1'")).expect(201);

		Answer single = apply("two", map("'a':'2'")).expectFailure(409, "Conflict",
				"Apply failed with 1 conflict: conflict with \"one\": .data.a");
		assertThat(single.causes()).containsExactly("FieldManagerConflict .data.a");
		assertThat(single.at("/details/causes/0/message").asString()).isEqualTo("conflict with \"one\"");

		apply("two", map("'a':'2','b':'2'")).expectFailure(409, "Conflict",
				"Apply failed with 2 conflicts: conflicts with \"one\":\n- .data.a\n- .data.b");
	}

	@Test
	void conflictWithAnUpdateNamesItsVersion() {
		apply("one", map("'a':'1'")).expect(201);
		this.server.patch(this.map + "?fieldManager=writer", "{\"data\":{\"z\":\"1\"}}").expect(200);

		apply("two", map("'z':'2'")).expectFailure(409, "Conflict",
				"Apply failed with 1 conflict: conflict with \"writer\" using v1: .data.z");
	}

	@Test
	void sameValueIsOwnedTogether() {
		apply("one", map("'a':'1'")).expect(201);

		Answer answer = apply("two", map("'a':'1'")).expect(200);

		assertThat(fields(answer, "one")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
		assertThat(fields(answer, "two")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
	}

	@Test
	void forceTakesFieldsFromOthers() {
		apply("one", map("'a':'1','b':'1'")).expect(201);

		Answer answer = this.server
			.send("PATCH", this.map + "?fieldManager=two&force=true", map("'a':'2'"), APPLY, null)
			.expect(200);

		assertThat(answer.at("/data/a").asString()).isEqualTo("2");
		assertThat(fields(answer, "one")).isEqualTo("{\"f:data\":{\"f:b\":{}}}");
		assertThat(fields(answer, "two")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
	}

	@Test
	void fieldThatIsNoLongerAppliedIsRemoved() {
		apply("one", map("'a':'1','b':'1'")).expect(201);

		JsonNode data = apply("one", map("'b':'1'")).expect(200).at("/data");

		assertThat(data.toString()).isEqualTo("{\"b\":\"1\"}");
	}

	@Test
	void fieldThatIsNoLongerAppliedStaysIfAnotherOwnsIt() {
		apply("one", map("'a':'1','b':'1'")).expect(201);
		apply("two", map("'a':'1'")).expect(200);

		Answer answer = apply("one", map("'b':'1'")).expect(200);

		assertThat(answer.at("/data").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"1\"}");
		assertThat(fields(answer, "one")).isEqualTo("{\"f:data\":{\"f:b\":{}}}");
		assertThat(fields(answer, "two")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
	}

	@Test
	void fieldOfNobodyStays() {
		apply("one", map("'a':'1'")).expect(201);
		this.server.patch(this.map + "?fieldManager=writer", "{\"data\":{\"z\":\"1\"}}").expect(200);

		JsonNode data = apply("one", "{'apiVersion':'v1','kind':'ConfigMap'}".replace('\'', '"')).expect(200)
			.at("/data");

		assertThat(data.toString()).isEqualTo("{\"z\":\"1\"}");
	}

	@Test
	void updateTakesTheFieldsItChanges() {
		apply("one", map("'a':'1','b':'1'")).expect(201);

		Answer answer = this.server.patch(this.map + "?fieldManager=writer", "{\"data\":{\"b\":\"2\",\"c\":\"2\"}}")
			.expect(200);

		assertThat(fields(answer, "one")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
		assertThat(fields(answer, "writer")).isEqualTo("{\"f:data\":{\"f:b\":{},\"f:c\":{}}}");
		assertThat(answer.at("/metadata/managedFields/1/operation").asString()).isEqualTo("Update");
	}

	@Test
	void removalByUpdateEndsOwnership() {
		apply("one", map("'a':'1','b':'1'")).expect(201);

		Answer answer = this.server.patch(this.map + "?fieldManager=writer", "{\"data\":{\"b\":null}}").expect(200);

		assertThat(fields(answer, "one")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
		assertThat(answer.at("/metadata/managedFields").size()).isEqualTo(1);
	}

	@Test
	void creatorOwnsWhatItSentAndWhatWasFilledIn() {
		Answer created = this.server
			.post(this.deployment.substring(0, this.deployment.lastIndexOf('/')) + "?fieldManager=creator", DEPLOYMENT)
			.expect(201);

		JsonNode fields = Answer.MAPPER.readTree(fields(created, "creator"));
		assertThat(fields.at("/f:metadata").toString()).isEqualTo("{\"f:labels\":{\".\":{},\"f:l\":{}}}");
		assertThat(fields.at("/f:spec/f:selector").toString()).isEqualTo("{}");
		assertThat(fields.at("/f:spec/f:replicas").toString()).isEqualTo("{}");
		assertThat(fields.at("/f:spec/f:strategy").toString())
			.isEqualTo("{\"f:rollingUpdate\":{\".\":{},\"f:maxSurge\":{},\"f:maxUnavailable\":{}},\"f:type\":{}}");
		JsonNode pod = fields.at("/f:spec/f:template/f:spec");
		assertThat(pod.path("f:securityContext").toString()).isEqualTo("{}");
		JsonNode container = pod.path("f:containers").path("k:{\"name\":\"c\"}");
		assertThat(container.path("f:env").toString())
			.isEqualTo("{\".\":{},\"k:{\\\"name\\\":\\\"E\\\"}\":{\".\":{},\"f:name\":{},\"f:value\":{}}}");
		assertThat(container.path("f:ports").toString())
			.isEqualTo("{\".\":{},\"k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":"
					+ "{\".\":{},\"f:containerPort\":{},\"f:protocol\":{}}}");
		assertThat(container.has("f:imagePullPolicy")).isTrue();
		assertThat(container.has("f:resources")).isTrue();
		assertThat(container.has(".")).isTrue();
		assertThat(pod.path("f:containers").has(".")).isFalse();
		assertThat(fields.at("/f:spec").has(".")).isFalse();
	}

	@Test
	void programIsNamedByItsUserAgentOtherwise() {
		Answer created = this.server.post(this.map.substring(0, this.map.lastIndexOf('/')), map("'a':'1'")).expect(201);

		assertThat(fields(created, "Java-http-client")).isEqualTo("{\"f:data\":{\".\":{},\"f:a\":{}}}");
	}

	@Test
	void applierOwnsWhatItSentOnly() {
		Answer created = this.server.send("PATCH", this.deployment + "?fieldManager=one", DEPLOYMENT, APPLY, null)
			.expect(201);

		assertThat(created.at("/spec/template/spec/restartPolicy").asString()).isEqualTo("Always");
		assertThat(fields(created, "one")).isEqualTo("{\"f:metadata\":{\"f:labels\":{\"f:l\":{}}},"
				+ "\"f:spec\":{\"f:replicas\":{},\"f:selector\":{},\"f:template\":{"
				+ "\"f:metadata\":{\"f:labels\":{\"f:a\":{}}},\"f:spec\":{\"f:containers\":{"
				+ "\"k:{\\\"name\\\":\\\"c\\\"}\":{\".\":{},"
				+ "\"f:env\":{\"k:{\\\"name\\\":\\\"E\\\"}\":{\".\":{},\"f:name\":{},\"f:value\":{}}},"
				+ "\"f:image\":{},\"f:name\":{},"
				+ "\"f:ports\":{\"k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":"
				+ "{\".\":{},\"f:containerPort\":{}}}},"
				+ "\"k:{\\\"name\\\":\\\"s\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{}}}}}}}");
	}

	@Test
	void elementsOfListsAreMergedByTheirKeys() {
		this.server.send("PATCH", this.deployment + "?fieldManager=one", DEPLOYMENT, APPLY, null).expect(201);

		JsonNode containers = this.server.send("PATCH", this.deployment + "?fieldManager=two", """
				{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[
				{"name":"new","image":"i:1"},{"name":"c","env":[{"name":"F","value":"2"}]}]}}}}""", APPLY, null)
			.expect(200)
			.at("/spec/template/spec/containers");

		assertThat(containers.valueStream().map((container) -> container.path("name").asString()))
			.containsExactlyInAnyOrder("c", "s", "new");
		JsonNode merged = containers.valueStream()
			.filter((container) -> container.path("name").asString().equals("c"))
			.findFirst()
			.orElseThrow();
		assertThat(merged.path("image").asString()).isEqualTo("i:1");
		assertThat(merged.path("env").findValuesAsString("name")).containsExactly("E", "F");
	}

	@Test
	void elementThatIsNoLongerAppliedIsRemoved() {
		this.server.send("PATCH", this.deployment + "?fieldManager=one", DEPLOYMENT, APPLY, null).expect(201);

		JsonNode spec = this.server.send("PATCH", this.deployment + "?fieldManager=one", """
				{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},
				"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
				"spec":{"containers":[{"name":"c","image":"i:2"}]}}}}""", APPLY, null).expect(200).at("/spec");

		JsonNode containers = spec.at("/template/spec/containers");
		assertThat(containers.size()).isEqualTo(1);
		assertThat(containers.at("/0/image").asString()).isEqualTo("i:2");
		assertThat(containers.at("/0").has("env")).isFalse();
		// the default comes back
		assertThat(spec.path("replicas").asInt()).isEqualTo(1);
	}

	@Test
	void undeclaredAndDoubleFieldsAreRefused() {
		assertThat(apply("one", "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"nosuch\":1}").expectFailure(500, null)
			.at("/message")
			.asString()).startsWith("failed to create typed patch object")
			.endsWith(": .nosuch: field not declared in schema");
		assertThat(this.server.send("PATCH", this.deployment + "?fieldManager=one", """
				{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[
				{"name":"c"},{"name":"c"}]}}}}""", APPLY, null).expectFailure(500, null).at("/message").asString())
			.endsWith(": .spec.template.spec.containers: duplicate entries for key [name=\"c\"]");
	}

	@Test
	void typeMustBeThatOfThePath() {
		this.server.assumeRelease(27, "other words");
		apply("one", map("'a':'1'").replace("\"v1\"", "\"v2\"")).expectFailure(400, "BadRequest",
				"invalid object type: /v2, Kind=ConfigMap");
		apply("one", map("'a':'1'").replace("ConfigMap", "Secret")).expectFailure(400, "BadRequest",
				"invalid object type: /v1, Kind=Secret");
	}

	@Test
	void ownersAreNotApplied() {
		apply("one", """
				{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","managedFields":[{"manager":"x"}]}}""")
			.expectFailure(400, "BadRequest", "metadata.managedFields must be nil");
	}

	@Test
	void uidMustBeThatOfTheObject() {
		String withUid = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"uid\":\"x\"}}";

		apply("one", withUid).expectFailure(409, "Conflict", "Operation cannot be fulfilled on configmaps \"c\": "
				+ "uid mismatch: the provided object specified uid x, and no existing object was found");
		apply("one", map("'a':'1'")).expect(201);
		assertThat(apply("one", withUid).expectFailure(422, "Invalid").causes())
			.containsExactly("FieldValueInvalid metadata.uid");
	}

	@Test
	void resourceVersionMustBeThatOfTheObject() {
		apply("one", map("'a':'1'")).expect(201);

		apply("one", """
				{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","resourceVersion":"1"}}""")
			.expectFailure(409, "Conflict", "Operation cannot be fulfilled on configmaps \"c\": the object has been "
					+ "modified; please apply your changes to the latest version and try again");
	}

	@Test
	void newObjectMustBeNamed() {
		apply("one", "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}").expectFailure(400, "BadRequest",
				"the name of the object (c based on URL) was undeterminable: name must be provided");
	}

	@Test
	void dryRunStoresNothing() {
		assertThat(this.server.send("PATCH", this.map + "?fieldManager=one&dryRun=All", map("'a':'1'"), APPLY, null)
			.expect(201)
			.at("/data/a")
			.asString()).isEqualTo("1");

		this.server.get(this.map).expect(404);
	}

	@Test
	void ownersAreForgottenOnRequestAndFoundAgainByApply() {
		apply("one", map("'a':'1'")).expect(201);

		Answer forgotten = this.server.patch(this.map, "{\"metadata\":{\"managedFields\":[{}]}}").expect(200);
		assertThat(forgotten.at("/metadata").has("managedFields")).isFalse();
		Answer updated = this.server.patch(this.map, "{\"data\":{\"b\":\"1\"}}").expect(200);
		assertThat(updated.at("/metadata").has("managedFields")).isFalse();

		Answer applied = apply("one", map("'a':'1'")).expect(200);
		assertThat(fields(applied, "one")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
		assertThat(fields(applied, "before-first-apply")).isEqualTo("{\"f:data\":{\".\":{},\"f:a\":{},\"f:b\":{}}}");
	}

	@Test
	void replacementWithoutOwnersKeepsThem() {
		apply("one", map("'a':'1'")).expect(201);

		Answer answer = this.server
			.put(this.map + "?fieldManager=writer",
					"{\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"1\",\"b\":\"1\"}}")
			.expect(200);

		assertThat(fields(answer, "one")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
		assertThat(fields(answer, "writer")).isEqualTo("{\"f:data\":{\"f:b\":{}}}");
	}

	@Test
	void manyUpdatersAreJoined() {
		apply("one", map("'a':'1'")).expect(201);
		for (int i = 0; i < 12; i++) {
			this.server.patch(this.map + "?fieldManager=writer-" + i, "{\"data\":{\"k%d\":\"v\"}}".formatted(i))
				.expect(200);
		}

		JsonNode entries = this.server.get(this.map).at("/metadata/managedFields");

		assertThat(entries.size()).isEqualTo(11);
		assertThat(entries.findValuesAsString("manager")).contains("one", "ancient-changes", "writer-11");
	}

	@Test
	void statusIsApplied() {
		this.server.send("PATCH", this.deployment + "?fieldManager=one", DEPLOYMENT, APPLY, null).expect(201);

		Answer answer = this.server.send("PATCH", this.deployment + "/status?fieldManager=controller", """
				{"apiVersion":"apps/v1","kind":"Deployment","status":{"replicas":3,
				"conditions":[{"type":"Available","status":"True"}]}}""", APPLY, null).expect(200);

		assertThat(answer.at("/status/replicas").asInt()).isEqualTo(3);
		assertThat(fields(answer, "controller")).isEqualTo("{\"f:status\":{\"f:conditions\":{"
				+ "\"k:{\\\"type\\\":\\\"Available\\\"}\":{\".\":{},\"f:status\":{},\"f:type\":{}}},"
				+ "\"f:replicas\":{}}}");
	}

	@Test
	void subresourceIsNoted() {
		this.server.assumeRelease(22, "entries do not name the subresource");
		this.server.send("PATCH", this.deployment + "?fieldManager=one", DEPLOYMENT, APPLY, null).expect(201);

		this.server.patch(this.deployment + "/status?fieldManager=one", "{\"status\":{\"replicas\":3}}").expect(200);
		this.server.patch(this.deployment + "/scale?fieldManager=one", "{\"spec\":{\"replicas\":4}}").expect(200);

		JsonNode entries = this.server.get(this.deployment).at("/metadata/managedFields");
		assertThat(entries.findValuesAsString("subresource")).containsExactlyInAnyOrder("status", "scale");
		assertThat(entries.at("/0/fieldsV1/f:spec").has("f:replicas")).isFalse();
	}

	@Test
	void scaleIsAppliedWithItsOwners() {
		this.server.assumeRelease(22, "entries do not name the subresource");
		String scale = "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"metadata\":{\"name\":\"d\"},"
				+ "\"spec\":{\"replicas\":%d}}";
		this.server.send("PATCH", this.deployment + "?fieldManager=one", DEPLOYMENT, APPLY, null).expect(201);

		applyScale("two", scale.formatted(5)).expectFailure(409, "Conflict",
				"Apply failed with 1 conflict: conflict with \"one\": .spec.replicas");
		assertThat(applyScale("two&force=true", scale.formatted(5)).expect(200).at("/spec/replicas").asInt())
			.isEqualTo(5);

		Answer forced = this.server.get(this.deployment);
		assertThat(forced.at("/spec/replicas").asInt()).isEqualTo(5);
		assertThat(fields(forced, "two")).isEqualTo("{\"f:spec\":{\"f:replicas\":{}}}");
		assertThat(fields(forced, "one")).doesNotContain("f:replicas");
		assertThat(applyScale("two", scale.formatted(6)).expect(200).at("/spec/replicas").asInt()).isEqualTo(6);
		this.server.patch(this.deployment + "/scale?fieldManager=writer", "{\"spec\":{\"replicas\":7}}").expect(200);
		applyScale("two", scale.formatted(6)).expectFailure(409, "Conflict",
				"Apply failed with 1 conflict: conflict with \"writer\" with subresource \"scale\" "
						+ "using autoscaling/v1: .spec.replicas");
	}

	@Test
	void scaleMustBeOneAndOfAnObject() {
		this.server.assumeRelease(27, "other words");
		this.server.send("PATCH", this.deployment + "?fieldManager=one", DEPLOYMENT, APPLY, null).expect(201);

		applyScale("two", DEPLOYMENT).expectFailure(400, "BadRequest", "invalid object type: apps/v1, Kind=Deployment");
		assertThat(applyScale("two", "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"nosuch\":1}")
			.expectFailure(500, null)
			.at("/message")
			.asString()).endsWith(": .nosuch: field not declared in schema");
		this.server
			.send("PATCH", this.deployment + "-none/scale?fieldManager=two",
					"{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\"}", APPLY, null)
			.expectFailure(404, "NotFound", "deployments.apps \"d-none\" not found");
	}

	private Answer applyScale(String manager, String scale) {
		return this.server.send("PATCH", this.deployment + "/scale?fieldManager=" + manager, scale, APPLY, null);
	}

	@Test
	void statusIsNotOwnedByTheMainResource() {
		this.server.assumeRelease(22, "fields that are reset are owned");
		Answer created = this.server
			.send("PATCH", this.deployment + "?fieldManager=one",
					DEPLOYMENT.substring(0, DEPLOYMENT.length() - 1) + ",\"status\":{\"replicas\":9}}", APPLY, null)
			.expect(201);

		assertThat(created.at("/status").has("replicas")).isFalse();
		assertThat(fields(created, "one")).doesNotContain("f:status");
	}

	@Test
	void customResourcesAreAppliedByTheirSchema() {
		this.server.assumeRelease(25, "custom resources are applied without their schema");
		String group = CustomResources.newGroup();
		CustomResources.define(this.server, CustomResources.widgets(group, """
				{"type":"object","properties":{
				"set":{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set"},
				"list":{"type":"array","items":{"type":"string"}},
				"map":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
				"items":{"type":"object","required":["name"],
				"properties":{"name":{"type":"string"},"v":{"type":"integer"}}}}}}"""));
		this.map = "/apis/%s/v1/namespaces/%s/widgets/w".formatted(group, this.server.newNamespace());
		String widget = "{\"apiVersion\":\"%s/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"w\"},\"spec\":%%s}"
			.formatted(group);

		apply("one", widget.formatted("{\"set\":[\"a\"],\"list\":[\"x\"],\"map\":[{\"name\":\"m\",\"v\":1}]}"))
			.expect(201);
		Answer answer = apply("two", widget.formatted("{\"set\":[\"b\"],\"map\":[{\"name\":\"n\",\"v\":1}]}"))
			.expect(200);

		assertThat(answer.at("/spec").toString()).isEqualTo("{\"list\":[\"x\"],"
				+ "\"map\":[{\"name\":\"m\",\"v\":1},{\"name\":\"n\",\"v\":1}],\"set\":[\"a\",\"b\"]}");
		assertThat(fields(answer, "two"))
			.isEqualTo("{\"f:spec\":{\"f:map\":{\"k:{\\\"name\\\":\\\"n\\\"}\":{\".\":{},\"f:name\":{},\"f:v\":{}}},"
					+ "\"f:set\":{\"v:\\\"b\\\"\":{}}}}");
		assertThat(apply("two", widget.formatted("{\"nosuch\":1}")).expectFailure(500, null).at("/message").asString())
			.endsWith(": .spec.nosuch: field not declared in schema");
	}

	private Answer apply(String manager, String configuration) {
		return this.server.send("PATCH", this.map + "?fieldManager=" + manager, configuration, APPLY, null);
	}

	private static String map(String data) {
		return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'},'data':{%s}}".formatted(data)
			.replace('\'', '"');
	}

	private static String fields(Answer answer, String manager) {
		return answer.at("/metadata/managedFields")
			.valueStream()
			.filter((entry) -> entry.path("manager").asString().equals(manager))
			.map((entry) -> entry.path("fieldsV1").toString())
			.findFirst()
			.orElse("");
	}

}
