package io.github.k8sclient.test.conformance;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class WriteConformanceTests {

	private static final String MODIFIED = "the object has been modified; please apply your changes to the latest "
			+ "version and try again";

	private static final String DEPLOYMENT = """
			{"metadata":{"name":"d","labels":{"l":"1"}},"spec":{"selector":{"matchLabels":{"a":"b"}},
			"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i:1"}]}}}}""";

	@Parameter
	ConformanceServer server;

	private String namespace;

	private String maps;

	private String pods;

	private String deployments;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.maps = "/api/v1/namespaces/" + this.namespace + "/configmaps";
		this.pods = "/api/v1/namespaces/" + this.namespace + "/pods";
		this.deployments = "/apis/apps/v1/namespaces/" + this.namespace + "/deployments";
	}

	@Test
	void creationSetsWhatOnlyTheServerMaySet() {
		JsonNode metadata = this.server.post(this.maps, """
				{"metadata":{"name":"a","uid":"mine","creationTimestamp":"2000-01-01T00:00:00Z",
				"deletionTimestamp":"2000-01-01T00:00:00Z","selfLink":"/x"},"data":{"k":"v"}}""")
			.expect(201)
			.at("/metadata");

		assertThat(metadata.path("uid").asString()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
		assertThat(metadata.path("namespace").asString()).isEqualTo(this.namespace);
		assertThat(metadata.path("resourceVersion").asString()).matches("\\d+");
		assertThat(metadata.path("creationTimestamp").asString()).matches("20[2-9]\\d-.*Z");
		assertThat(metadata.has("deletionTimestamp")).isFalse();
		assertThat(metadata.has("selfLink")).isFalse();
	}

	@Test
	void createdObjectIsRead() {
		JsonNode created = create("a").json();

		assertThat(this.server.get(this.maps + "/a").expect(200).json()).isEqualTo(created);
	}

	@Test
	void nameIsGenerated() {
		String name = this.server.post(this.maps, "{\"metadata\":{\"generateName\":\"gen-\"}}")
			.expect(201)
			.at("/metadata/name")
			.asString();

		assertThat(name).matches("gen-[bcdfghjklmnpqrstvwxz2456789]{5}");
	}

	@Test
	void unknownMembersOfBuiltInKindsAreDropped() {
		JsonNode created = this.server
			.post(this.maps, "{\"metadata\":{\"name\":\"a\",\"nosuch\":1},\"nosuch\":{\"a\":1},\"data\":{\"k\":\"v\"}}")
			.expect(201)
			.json();

		assertThat(created.has("nosuch")).isFalse();
		assertThat(created.path("metadata").has("nosuch")).isFalse();
		assertThat(created.at("/data/k").asString()).isEqualTo("v");
	}

	@Test
	void newObjectMustNotHaveAResourceVersion() {
		this.server.post(this.maps, "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"5\"}}")
			.expectFailure(500, null, "resourceVersion should not be set on objects to be created");
	}

	@Test
	void dryRunStoresNothing() {
		JsonNode created = this.server.post(this.maps + "?dryRun=All", "{\"metadata\":{\"name\":\"a\"}}")
			.expect(201)
			.json();

		assertThat(created.path("metadata").has("uid")).isTrue();
		assertThat(created.path("metadata").has("resourceVersion")).isFalse();
		this.server.get(this.maps + "/a").expect(404);
	}

	@Test
	void dryRunOfUpdateAndDeletionStoresNothing() {
		String before = create("a").resourceVersion();

		this.server.put(this.maps + "/a?dryRun=All", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"w\"}}")
			.expect(200);
		this.server.delete(this.maps + "/a?dryRun=All").expect(200);

		assertThat(this.server.get(this.maps + "/a").expect(200).resourceVersion()).isEqualTo(before);
	}

	@Test
	void resourceVersionsGrow() {
		long first = Long.parseLong(create("a").resourceVersion());
		long second = Long.parseLong(create("b").resourceVersion());
		long third = Long.parseLong(this.server.patch(this.maps + "/a", "{\"data\":{\"k\":\"w\"}}").resourceVersion());

		assertThat(first).isLessThan(second);
		assertThat(second).isLessThan(third);
	}

	@Test
	void updateReplacesAndKeepsIdentity() {
		JsonNode created = create("a").json();

		JsonNode updated = this.server.put(this.maps + "/a",
				"{\"metadata\":{\"name\":\"a\",\"creationTimestamp\":\"2000-01-01T00:00:00Z\"},\"data\":{\"x\":\"y\"}}")
			.expect(200)
			.json();

		assertThat(updated.path("data").toString()).isEqualTo("{\"x\":\"y\"}");
		for (String kept : List.of("uid", "creationTimestamp", "namespace")) {
			assertThat(updated.at("/metadata/" + kept)).isEqualTo(created.at("/metadata/" + kept));
		}
	}

	@Test
	void updateWithoutChangeKeepsTheResourceVersion() {
		Answer created = create("a");

		Answer updated = this.server.put(this.maps + "/a", created.text()).expect(200);

		assertThat(updated.resourceVersion()).isEqualTo(created.resourceVersion());
	}

	@Test
	void updateOfAnOlderVersionConflicts() {
		String old = create("a").resourceVersion();
		this.server.patch(this.maps + "/a", "{\"data\":{\"k\":\"w\"}}").expect(200);

		Answer answer = this.server
			.put(this.maps + "/a", "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"%s\"}}".formatted(old))
			.expectFailure(409, "Conflict", "Operation cannot be fulfilled on configmaps \"a\": " + MODIFIED);

		assertThat(answer.at("/details").toString()).isEqualTo("{\"name\":\"a\",\"kind\":\"configmaps\"}");
	}

	@Test
	void updateOfAnotherUidConflicts() {
		create("a");

		Answer answer = this.server.put(this.maps + "/a", "{\"metadata\":{\"name\":\"a\",\"uid\":\"other\"}}")
			.expectFailure(409, "Conflict");

		assertThat(answer.at("/message").asString())
			.contains("Precondition failed: UID in precondition: other, UID in object meta: ");
	}

	@Test
	void updateOfMissingObjectIsNotFoundOrCreatesByKind() {
		this.server.put(this.maps + "/a", "{\"metadata\":{\"name\":\"a\"}}")
			.expectFailure(404, "NotFound", "configmaps \"a\" not found");
		String leases = "/apis/coordination.k8s.io/v1/namespaces/" + this.namespace + "/leases";
		this.server.put(leases + "/a", "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"holderIdentity\":\"me\"}}")
			.expect(201);
	}

	@Test
	void someKindsForbidUnconditionalUpdates() {
		String leases = "/apis/coordination.k8s.io/v1/namespaces/" + this.namespace + "/leases";
		this.server.post(leases, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"holderIdentity\":\"me\"}}").expect(201);

		Answer refused = this.server
			.put(leases + "/a", "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"holderIdentity\":\"you\"}}")
			.expectFailure(422, "Invalid");
		assertThat(refused.causes()).containsExactly("FieldValueInvalid metadata.resourceVersion");
		assertThat(refused.at("/message").asString())
			.startsWith("leases.coordination.k8s.io \"a\" is invalid: metadata.resourceVersion: Invalid value: ")
			.endsWith(": must be specified for an update");
	}

	@Test
	void mergePatchChangesAddsAndRemoves() {
		this.server.post(this.maps, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\",\"l\":\"w\"}}").expect(201);

		Answer patched = this.server
			.patch(this.maps + "/a", "{\"metadata\":{\"labels\":{\"x\":\"1\"}},\"data\":{\"k\":null,\"l\":\"x\"}}")
			.expect(200);

		assertThat(patched.at("/data").toString()).isEqualTo("{\"l\":\"x\"}");
		assertThat(patched.at("/metadata/labels").toString()).isEqualTo("{\"x\":\"1\"}");
	}

	@Test
	void patchWithAResourceVersionIsConditional() {
		create("a");

		this.server.patch(this.maps + "/a", "{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{\"k\":\"w\"}}")
			.expectFailure(409, "Conflict", "Operation cannot be fulfilled on configmaps \"a\": " + MODIFIED);
	}

	@Test
	void patchOfAnotherUidIsInvalid() {
		create("a");

		Answer answer = this.server.patch(this.maps + "/a", "{\"metadata\":{\"uid\":\"other\"}}")
			.expectFailure(422, "Invalid",
					"ConfigMap \"a\" is invalid: metadata.uid: Invalid value: \"other\": field is " + "immutable");

		assertThat(answer.causes()).containsExactly("FieldValueInvalid metadata.uid");
	}

	@Test
	void patchOfMissingObjectIsNotFound() {
		this.server.patch(this.maps + "/a", "{}").expectFailure(404, "NotFound", "configmaps \"a\" not found");
	}

	@Test
	void jsonPatchAppliesOperationsOrNone() {
		create("a");

		this.server
			.send("PATCH", this.maps + "/a", "[{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"v\"},"
					+ "{\"op\":\"add\",\"path\":\"/data/l\",\"value\":\"w\"},{\"op\":\"remove\",\"path\":\"/data/k\"}]",
					"application/json-patch+json", null)
			.expect(200);
		this.server
			.send("PATCH", this.maps + "/a",
					"[{\"op\":\"add\",\"path\":\"/data/m\",\"value\":\"x\"},"
							+ "{\"op\":\"test\",\"path\":\"/data/l\",\"value\":\"other\"}]",
					"application/json-patch+json", null)
			.expectFailure(422, "Invalid", "the server rejected our request due to an error in our request");

		assertThat(this.server.get(this.maps + "/a").at("/data").toString()).isEqualTo("{\"l\":\"w\"}");
	}

	@Test
	void strategicMergePatchMergesListsByKey() {
		this.server.post(this.deployments, DEPLOYMENT).expect(201);

		Answer patched = this.server
			.send("PATCH", this.deployments + "/d", """
					{"spec":{"template":{"spec":{"containers":[
					{"name":"side","image":"s:1"},{"name":"c","image":"i:2"}]}}}}""",
					"application/strategic-merge-patch+json", null)
			.expect(200);

		List<String> images = patched.at("/spec/template/spec/containers")
			.valueStream()
			.map((container) -> container.path("name").asString() + "=" + container.path("image").asString())
			.toList();
		assertThat(images).containsExactlyInAnyOrder("c=i:2", "side=s:1");
		Answer removed = this.server
			.send("PATCH", this.deployments + "/d", """
					{"spec":{"template":{"spec":{"containers":[{"name":"side","$patch":"delete"}]}}}}""",
					"application/strategic-merge-patch+json", null)
			.expect(200);
		assertThat(removed.at("/spec/template/spec/containers").size()).isEqualTo(1);
	}

	@Test
	void deploymentGetsDefaults() {
		JsonNode spec = this.server.post(this.deployments, DEPLOYMENT).expect(201).at("/spec");

		assertThat(spec.path("replicas").asInt()).isEqualTo(1);
		assertThat(spec.path("revisionHistoryLimit").asInt()).isEqualTo(10);
		assertThat(spec.path("progressDeadlineSeconds").asInt()).isEqualTo(600);
		assertThat(spec.at("/strategy/type").asString()).isEqualTo("RollingUpdate");
		assertThat(spec.at("/strategy/rollingUpdate/maxSurge").asString()).isEqualTo("25%");
		assertThat(spec.at("/template/spec/restartPolicy").asString()).isEqualTo("Always");
		assertThat(spec.at("/template/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(30);
		assertThat(spec.at("/template/spec/containers/0/imagePullPolicy").asString()).isEqualTo("IfNotPresent");
	}

	@Test
	void generationCountsChangesOfTheSpecificationOnly() {
		assertThat(this.server.post(this.deployments, DEPLOYMENT).at("/metadata/generation").asInt()).isEqualTo(1);
		assertThat(this.server.patch(this.deployments + "/d", "{\"spec\":{\"replicas\":3}}")
			.at("/metadata/generation")
			.asInt()).isEqualTo(2);
		assertThat(this.server.patch(this.deployments + "/d", "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}")
			.at("/metadata/generation")
			.asInt()).isEqualTo(2);
		assertThat(this.server.patch(this.deployments + "/d/status", "{\"status\":{\"replicas\":3}}")
			.at("/metadata/generation")
			.asInt()).isEqualTo(2);
	}

	@Test
	void statusIsChangedBySubresourceOnly() {
		JsonNode created = this.server.post(this.pods, """
				{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]},
				"status":{"phase":"Running"}}""").expect(201).json();
		assertThat(created.at("/status/phase").asString()).isEqualTo("Pending");

		JsonNode updated = this.server
			.patch(this.pods + "/p/status",
					"{\"spec\":{\"nodeName\":\"n\"},\"status\":{\"phase\":\"Running\",\"podIP\":\"10.1.2.3\"}}")
			.expect(200)
			.json();
		assertThat(updated.at("/status/phase").asString()).isEqualTo("Running");
		assertThat(updated.at("/status/podIPs/0/ip").asString()).isEqualTo("10.1.2.3");
		assertThat(updated.path("spec")).isEqualTo(created.path("spec"));

		JsonNode main = this.server
			.patch(this.pods + "/p", "{\"metadata\":{\"labels\":{\"x\":\"y\"}},\"status\":{\"phase\":\"Failed\"}}")
			.expect(200)
			.json();
		assertThat(main.at("/status/phase").asString()).isEqualTo("Running");
	}

	@Test
	void statusIsReadAlone() {
		this.server.post(this.deployments, DEPLOYMENT).expect(201);

		assertThat(this.server.get(this.deployments + "/d/status").expect(200).json())
			.isEqualTo(this.server.get(this.deployments + "/d").json());
	}

	@Test
	void podSpecificationIsMostlyImmutable() {
		this.server
			.post(this.pods,
					"{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}")
			.expect(201);

		Answer refused = this.server.patch(this.pods + "/p", "{\"spec\":{\"nodeName\":\"n\"}}")
			.expectFailure(422, "Invalid");

		assertThat(refused.at("/message").asString())
			.startsWith("Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than "
					+ "`spec.containers[*].image`");
		assertThat(refused.causes()).containsExactly("FieldValueForbidden spec");
		this.server
			.send("PATCH", this.pods + "/p", "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}]}}",
					"application/strategic-merge-patch+json", null)
			.expect(200);
	}

	@Test
	void workloadsAreValidated() {
		Answer empty = this.server.post(this.deployments, "{\"metadata\":{\"name\":\"d\"}}")
			.expectFailure(422, "Invalid");
		assertThat(empty.causes()).containsExactly("FieldValueRequired spec.selector",
				"FieldValueInvalid spec.template.metadata.labels", "FieldValueRequired spec.template.spec.containers");

		Answer mismatch = this.server
			.post(this.deployments, DEPLOYMENT.replace("matchLabels\":{\"a\":\"b\"", "matchLabels\":{\"a\":\"c\""))
			.expectFailure(422, "Invalid");
		assertThat(mismatch.causes()).containsExactly("FieldValueInvalid spec.template.metadata.labels");
	}

	@Test
	void refusedValuesAreWrittenInJson() {
		this.server.assumeRelease(36, "values are written as in Go");
		this.server.post(this.deployments, "{\"metadata\":{\"name\":\"d\"}}")
			.expectFailure(422, "Invalid",
					"Deployment.apps \"d\" is invalid: [spec.selector: Required value, "
							+ "spec.template.metadata.labels: Invalid value: null: `selector` does not match "
							+ "template `labels`, spec.template.spec.containers: Required value]");
		this.server
			.post(this.deployments, DEPLOYMENT.replace("matchLabels\":{\"a\":\"b\"", "matchLabels\":{\"a\":\"c\""))
			.expectFailure(422, "Invalid", "Deployment.apps \"d\" is invalid: spec.template.metadata.labels: "
					+ "Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`");
		assertThat(this.server.post(this.maps + "?dryRun=Some", "{\"metadata\":{\"name\":\"b\"}}")
			.expectFailure(422, "Invalid")
			.at("/message")
			.asString()).endsWith("dryRun: Unsupported value: [\"Some\"]: supported values: \"All\"");
	}

	@Test
	void claimsAreValidatedAndPending() {
		String claims = "/api/v1/namespaces/" + this.namespace + "/persistentvolumeclaims";

		JsonNode claim = this.server.post(claims, """
				{"metadata":{"name":"c"},"spec":{"accessModes":["ReadWriteOnce"],
				"resources":{"requests":{"storage":"50Gi"}}}}""").expect(201).json();
		Answer empty = this.server.post(claims, "{\"metadata\":{\"name\":\"d\"},\"spec\":{}}")
			.expectFailure(422, "Invalid");

		assertThat(claim.at("/status/phase").asString()).isEqualTo("Pending");
		assertThat(claim.at("/spec/volumeMode").asString()).isEqualTo("Filesystem");
		assertThat(empty.causes()).containsExactlyInAnyOrder("FieldValueRequired spec.accessModes",
				"FieldValueRequired spec.resources[storage]");
	}

	@Test
	void servicesGetAddresses() {
		String services = "/api/v1/namespaces/" + this.namespace + "/services";

		JsonNode spec = this.server
			.post(services,
					"{\"metadata\":{\"name\":\"s\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80}]}}")
			.expect(201)
			.at("/spec");

		assertThat(spec.path("clusterIP").asString()).matches("10(\\.\\d+){3}");
		assertThat(spec.at("/ports/0/nodePort").asInt()).isBetween(30000, 32767);
		assertThat(spec.at("/ports/0/targetPort").asInt()).isEqualTo(80);
		assertThat(spec.at("/ports/0/protocol").asString()).isEqualTo("TCP");
		this.server.post(services, "{\"metadata\":{\"name\":\"t\"}}")
			.expectFailure(422, "Invalid", "Service \"t\" is invalid: spec.ports: Required value");
	}

	@Test
	void collectionOfServicesIsDeleted() {
		this.server.assumeRelease(23, "services are deleted one by one");
		String services = "/api/v1/namespaces/" + this.namespace + "/services";
		for (String name : List.of("s", "t")) {
			this.server
				.post(services, "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"ports\":[{\"port\":80}]}}".formatted(name))
				.expect(201);
		}

		assertThat(this.server.delete(services).expect(200).itemNames()).containsExactly("s", "t");

		assertThat(this.server.get(services).itemNames()).isEmpty();
	}

	@Test
	void secretTextBecomesData() {
		String secrets = "/api/v1/namespaces/" + this.namespace + "/secrets";

		JsonNode secret = this.server.post(secrets, "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"a\":\"b\"}}")
			.expect(201)
			.json();

		assertThat(secret.path("data").toString()).isEqualTo("{\"a\":\"Yg==\"}");
		assertThat(secret.has("stringData")).isFalse();
		assertThat(secret.path("type").asString()).isEqualTo("Opaque");
		Answer refused = this.server.patch(secrets + "/s", "{\"type\":\"other\"}").expectFailure(422, "Invalid");
		assertThat(refused.causes()).containsExactly("FieldValueInvalid type");
	}

	@Test
	void scaleIsReadAndChanged() {
		this.server.post(this.deployments, DEPLOYMENT).expect(201);

		JsonNode scale = this.server.get(this.deployments + "/d/scale").expect(200).json();
		assertThat(scale.path("kind").asString()).isEqualTo("Scale");
		assertThat(scale.path("apiVersion").asString()).isEqualTo("autoscaling/v1");
		assertThat(scale.at("/status/selector").asString()).isEqualTo("a=b");
		this.server
			.put(this.deployments + "/d/scale",
					"{\"metadata\":{\"name\":\"d\",\"namespace\":\"%s\"},\"spec\":{\"replicas\":4}}"
						.formatted(this.namespace))
			.expect(200);

		assertThat(this.server.get(this.deployments + "/d").at("/spec/replicas").asInt()).isEqualTo(4);
		assertThat(this.server.get(this.deployments + "/d").at("/metadata/generation").asInt()).isEqualTo(2);
	}

	@Test
	void versionsOfAResourceAreTheSameObject() {
		String events = "/api/v1/namespaces/" + this.namespace + "/events";
		this.server
			.post(events,
					"""
							{"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p","namespace":"%s"},
							"reason":"Started",
							"message":"hello","type":"Normal","count":2,"source":{"component":"me"},
							"firstTimestamp":"2020-01-01T00:00:00Z","lastTimestamp":"2020-01-01T00:00:00Z"}"""
						.formatted(this.namespace))
			.expect(201);

		JsonNode event = this.server.get("/apis/events.k8s.io/v1/namespaces/" + this.namespace + "/events/e")
			.expect(200)
			.json();

		assertThat(event.path("apiVersion").asString()).isEqualTo("events.k8s.io/v1");
		assertThat(event.path("note").asString()).isEqualTo("hello");
		assertThat(event.at("/regarding/name").asString()).isEqualTo("p");
		assertThat(event.path("deprecatedCount").asInt()).isEqualTo(2);
		assertThat(event.at("/deprecatedSource/component").asString()).isEqualTo("me");
	}

	@Test
	void accessReviewsAreAnswered() {
		JsonNode review = this.server
			.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
					"{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"pods\"}}}")
			.expect(201)
			.json();

		assertThat(review.at("/status/allowed").asBoolean()).isTrue();
		assertThat(review.at("/spec/resourceAttributes/resource").asString()).isEqualTo("pods");
	}

	private Answer create(String name) {
		return this.server.post(this.maps, "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"v\"}}".formatted(name))
			.expect(201);
	}

}
