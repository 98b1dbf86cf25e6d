package io.github.k8sclient.autoconfigure.informer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.event.ResourceDeletedEvent;
import io.github.k8sclient.event.ResourceEvent;
import io.github.k8sclient.event.ResourceUpdatedEvent;
import io.github.k8sclient.meta.KubernetesObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AliasFor;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourceEventListenerScanner}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ResourceEventListenerScannerTests {

	@Test
	void findsParameterTypesOfAnnotatedMethods() {
		assertThat(typesOf(AnnotatedMethods.class)).containsExactlyInAnyOrder(Deployment.class, Pod.class, Node.class,
				ConfigMap.class);
	}

	@Test
	void namesMethodOfListener() {
		assertThat(scan(OneMethod.class)).singleElement()
			.extracting(ResourceEventListener::description)
			.isEqualTo("method " + OneMethod.class.getName() + ".added");
	}

	@Test
	void ignoresListenersOfOtherEvents() {
		assertThat(scan(OtherEvents.class)).isEmpty();
	}

	@Test
	void takesKindFromParameterWhenAnnotationNamesRawTypes() {
		assertThat(typesOf(ClassesAttribute.class)).containsExactly(Pod.class);
	}

	@Test
	void leavesKindOpenWhenAnnotationNamesRawTypesAndThereIsNoParameter() {
		assertThat(typesOf(ClassesAttributeOnly.class)).containsExactly((Class<?>) null);
	}

	@Test
	void findsComposedAnnotation() {
		assertThat(typesOf(ComposedAnnotation.class)).containsExactlyInAnyOrder(Pod.class, Node.class);
	}

	@Test
	void findsMethodOfInterface() {
		assertThat(typesOf(ImplementsWatcher.class)).containsExactly(Pod.class);
	}

	@Test
	void resolvesTypeVariableOfSuperclass() {
		assertThat(typesOf(ExtendsGenericWatcher.class)).containsExactly(Pod.class);
	}

	@Test
	void leavesKindOpenForWildcardsAndRawTypesAndUnresolvedVariables() {
		assertThat(scan(OpenKinds.class)).hasSize(5).allMatch((listener) -> listener.type() == null);
	}

	@Test
	void resolvesBoundedWildcard() {
		assertThat(typesOf(BoundedWildcard.class)).containsExactly(Pod.class);
	}

	@Test
	void findsTransactionalListener(CapturedOutput output) {
		assertThat(typesOf(TransactionalWithFallback.class)).containsExactly(Pod.class);
		assertThat(output).doesNotContain("never called");
	}

	@Test
	void warnsAboutTransactionalListenerThatIsNeverCalled(CapturedOutput output) {
		assertThat(typesOf(TransactionalWithoutFallback.class)).containsExactly(Pod.class);
		assertThat(output).contains(TransactionalWithoutFallback.class.getName() + ".changed is never called")
			.contains("fallbackExecution = true");
	}

	@Test
	void findsApplicationListenerByGenericsOfItsClass() {
		assertThat(typesOf(PodListener.class)).containsExactly(Pod.class);
	}

	@Test
	void findsApplicationListenerByGenericsOfItsBeanMethod() {
		List<ResourceEventListener> listeners = scan(LambdaListeners.class);

		assertThat(listeners).extracting(ResourceEventListener::type).containsExactlyInAnyOrder(Pod.class, null);
		assertThat(listeners).extracting(ResourceEventListener::description)
			.anyMatch((description) -> description.startsWith("bean 'podListener'"));
	}

	@Test
	void ignoresListenersThatDecideAtRunTime() {
		assertThat(scan(RunTimeListener.class)).isEmpty();
	}

	@Test
	void findsMethodsOfProxiedBeans() {
		assertThat(typesOf(ScopedBeans.class)).containsExactly(Pod.class);
		assertThat(typesOf(ProxiedBeans.class)).contains(Pod.class);
	}

	@Test
	void instantiatesNoBean() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(LazyBeans.class)) {
			assertThat(new ResourceEventListenerScanner(context.getBeanFactory()).scan())
				.extracting(ResourceEventListener::type)
				.containsExactlyInAnyOrder(Pod.class, Node.class);
			assertThat(context.getBeanFactory().containsSingleton("lazyMethods")).isFalse();
			assertThat(context.getBeanFactory().containsSingleton("lazyListener")).isFalse();
		}
	}

	private static List<Class<?>> typesOf(Class<?> beanClass) {
		return scan(beanClass).stream().<Class<?>>map(ResourceEventListener::type).toList();
	}

	private static List<ResourceEventListener> scan(Class<?> beanClass) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(beanClass);
			context.refresh();
			return new ResourceEventListenerScanner(context.getBeanFactory()).scan();
		}
	}

	static class OneMethod {

		@EventListener
		void added(ResourceAddedEvent<Pod> event) {
		}

	}

	static class AnnotatedMethods {

		@EventListener
		void added(ResourceAddedEvent<Deployment> event) {
		}

		@EventListener
		void updated(ResourceUpdatedEvent<Pod> event) {
		}

		@EventListener
		public void deleted(ResourceDeletedEvent<Node> event) {
		}

		@EventListener(condition = "#event.key().name() == 'settings'")
		void changed(ResourceEvent<ConfigMap> event) {
		}

	}

	static class OtherEvents {

		@EventListener
		void any(ApplicationEvent event) {
		}

		@EventListener
		void object(Object event) {
		}

		@EventListener
		void payload(PayloadApplicationEvent<Pod> event) {
		}

		@EventListener
		void pod(Pod pod) {
		}

		void notAnnotated(ResourceEvent<Pod> event) {
		}

	}

	static class ClassesAttribute {

		@EventListener({ ResourceAddedEvent.class, ResourceDeletedEvent.class })
		void cameOrWent(ResourceEvent<Pod> event) {
		}

	}

	static class ClassesAttributeOnly {

		@EventListener(ResourceAddedEvent.class)
		void came() {
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@EventListener
	@interface OnChange {

		@AliasFor(annotation = EventListener.class, attribute = "condition")
		String when() default "";

	}

	static class ComposedAnnotation {

		@OnChange
		void pod(ResourceEvent<Pod> event) {
		}

		@OnChange(when = "true")
		void node(ResourceAddedEvent<Node> event) {
		}

	}

	interface Watcher {

		@EventListener
		default void changed(ResourceEvent<Pod> event) {
		}

	}

	static class ImplementsWatcher implements Watcher {

	}

	abstract static class GenericWatcher<T extends KubernetesObject> {

		@EventListener
		void changed(ResourceEvent<T> event) {
		}

	}

	static class ExtendsGenericWatcher extends GenericWatcher<Pod> {

	}

	static class OpenKinds {

		@EventListener
		void wildcard(ResourceEvent<?> event) {
		}

		@EventListener
		@SuppressWarnings("rawtypes")
		void raw(ResourceAddedEvent event) {
		}

		@EventListener
		<T extends KubernetesObject> void variable(ResourceUpdatedEvent<T> event) {
		}

		@EventListener
		void root(ResourceEvent<KubernetesObject> event) {
		}

		@EventListener
		void bounded(ResourceEvent<? extends KubernetesObject> event) {
		}

	}

	static class BoundedWildcard {

		@EventListener
		void changed(ResourceEvent<? extends Pod> event) {
		}

	}

	static class TransactionalWithFallback {

		@TransactionalEventListener(fallbackExecution = true)
		void changed(ResourceEvent<Pod> event) {
		}

	}

	static class TransactionalWithoutFallback {

		@TransactionalEventListener
		void changed(ResourceEvent<Pod> event) {
		}

	}

	static class PodListener implements ApplicationListener<ResourceAddedEvent<Pod>> {

		@Override
		public void onApplicationEvent(ResourceAddedEvent<Pod> event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LambdaListeners {

		@Bean
		ApplicationListener<ResourceAddedEvent<Pod>> podListener() {
			return (event) -> {
			};
		}

		@Bean
		ApplicationListener<ResourceAddedEvent<?>> openListener() {
			return (event) -> {
			};
		}

		@Bean
		ApplicationListener<ApplicationEvent> otherListener() {
			return (event) -> {
			};
		}

	}

	static class RunTimeListener implements GenericApplicationListener {

		@Override
		public boolean supportsEventType(ResolvableType eventType) {
			return ResourceEvent.class.isAssignableFrom(eventType.toClass());
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedBeans {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		OneMethod scoped() {
			return new OneMethod();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxiedBeans {

		@Bean
		OneMethod target() {
			return new OneMethod();
		}

		@Bean
		ProxyFactoryBean proxy(OneMethod target) {
			ProxyFactoryBean proxy = new ProxyFactoryBean();
			proxy.setTarget(target);
			proxy.setProxyTargetClass(true);
			return proxy;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBeans {

		@Bean
		@Lazy
		OneMethod lazyMethods() {
			return new OneMethod();
		}

		@Bean
		@Lazy
		ApplicationListener<ResourceAddedEvent<Node>> lazyListener() {
			return (event) -> {
			};
		}

	}

}
