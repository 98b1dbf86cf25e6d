package io.github.k8sclient.test;

import io.github.k8sclient.meta.GroupVersionKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StrategicMergePatchTests {

	private static final GroupVersionKind POD = GroupVersionKind.of("v1", "Pod");

	@Test
	void listWithKeyIsMergedByKey() {
		assertThat(apply("{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}",
				"{'spec':{'containers':[{'name':'b','image':'2'},{'name':'c','image':'3'}]}}"))
			.isEqualTo("{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'},"
					+ "{'name':'c','image':'3'}]}}");
	}

	@Test
	void elementIsDeletedByDirective() {
		assertThat(apply("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
				"{'spec':{'containers':[{'name':'a','$patch':'delete'}]}}"))
			.isEqualTo("{'spec':{'containers':[{'name':'b'}]}}");
	}

	@Test
	void listIsReplacedByDirective() {
		assertThat(apply("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
				"{'spec':{'containers':[{'$patch':'replace'},{'name':'c'}]}}"))
			.isEqualTo("{'spec':{'containers':[{'name':'c'}]}}");
	}

	@Test
	void objectIsReplacedByDirective() {
		assertThat(apply("{'metadata':{'labels':{'a':'1'}}}", "{'metadata':{'labels':{'b':'2','$patch':'replace'}}}"))
			.isEqualTo("{'metadata':{'labels':{'b':'2'}}}");
	}

	@Test
	void nullRemovesAMember() {
		assertThat(apply("{'metadata':{'labels':{'a':'1','b':'2'}}}", "{'metadata':{'labels':{'a':null}}}"))
			.isEqualTo("{'metadata':{'labels':{'b':'2'}}}");
	}

	@Test
	void listOfTextsWithMergeStrategyIsUnited() {
		assertThat(apply("{'metadata':{'finalizers':['a','b']}}", "{'metadata':{'finalizers':['b','c']}}"))
			.isEqualTo("{'metadata':{'finalizers':['a','b','c']}}");
		assertThat(apply("{'metadata':{'finalizers':['a','b']}}",
				"{'metadata':{'$deleteFromPrimitiveList/finalizers':['a']}}"))
			.isEqualTo("{'metadata':{'finalizers':['b']}}");
	}

	@Test
	void listWithoutStrategyIsReplaced() {
		assertThat(apply("{'spec':{'tolerations':[{'key':'a'}]}}", "{'spec':{'tolerations':[{'key':'b'}]}}"))
			.isEqualTo("{'spec':{'tolerations':[{'key':'b'}]}}");
	}

	@Test
	void onlyRetainedKeysStay() {
		assertThat(apply("{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}",
				"{'spec':{'volumes':[{'name':'v','$retainKeys':['name','hostPath'],'hostPath':{'path':'/x'}}]}}"))
			.isEqualTo("{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}}");
	}

	@Test
	void orderIsThatOfTheDirective() {
		assertThat(apply("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
				"{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}}"))
			.isEqualTo("{'spec':{'containers':[{'name':'b'},{'name':'a'}]}}");
	}

	@Test
	void elementWithoutKeyIsRefused() {
		assertThatExceptionOfType(StatusException.class)
			.isThrownBy(() -> apply("{'spec':{}}", "{'spec':{'containers':[{'image':'1'}]}}"))
			.withMessageContaining("does not contain declared merge key: name");
	}

	private static String apply(String target, String patch) {
		return StrategicMergePatch.apply(POD, parse(target), parse(patch)).toString().replace('"', '\'');
	}

	private static ObjectNode parse(String json) {
		return (ObjectNode) ModelCodec.MAPPER.readTree(json.replace('\'', '"'));
	}

}
