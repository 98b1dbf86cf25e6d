package io.github.k8sclient.autoconfigure.informer;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.event.ResourceEvent;
import io.github.k8sclient.meta.KubernetesObject;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Finds the listeners of resource events among the bean definitions of one bean factory.
 * <p>
 * It only examines types and does not instantiate beans. It detects listeners and their
 * event types by Spring's own rules: {@link EventListener @EventListener} methods, also
 * through composed annotations, of proxied, scoped and lazy beans; and
 * {@link ApplicationListener} beans by the generics of their class or of their bean
 * method.
 */
final class ResourceEventListenerScanner {

	private static final Log logger = LogFactory.getLog(ResourceEventListenerScanner.class);

	private static final String TRANSACTIONAL = "org.springframework.transaction.event.TransactionalEventListener";

	private final ConfigurableListableBeanFactory beanFactory;

	ResourceEventListenerScanner(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Find the listeners.
	 * @return one entry per event type that a listener declares, in the order of the bean
	 * definitions
	 */
	List<ResourceEventListener> scan() {
		List<ResourceEventListener> listeners = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> beanType = ScopedProxyUtils.isScopedTarget(beanName) ? null : determineTargetType(beanName);
			if (beanType != null) {
				addAnnotatedMethods(beanType, listeners);
				addApplicationListener(beanName, beanType, listeners);
			}
		}
		return listeners;
	}

	private @Nullable Class<?> determineTargetType(String beanName) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null && ScopedObject.class.isAssignableFrom(type)) {
				return AutoProxyUtils.determineTargetClass(this.beanFactory,
						ScopedProxyUtils.getTargetBeanName(beanName));
			}
			return type;
		}
		catch (BeansException | LinkageError ex) {
			// Spring also skips such a bean when it detects listeners
			logger.debug("Could not resolve the class of bean '" + beanName + "'", ex);
			return null;
		}
	}

	private void addAnnotatedMethods(Class<?> beanType, List<ResourceEventListener> listeners) {
		if (AnnotationUtils.isCandidateClass(beanType, EventListener.class)) {
			annotatedMethods(beanType)
				.forEach((method, annotation) -> addAnnotatedMethod(beanType, method, annotation, listeners));
		}
	}

	private Map<Method, MergedAnnotation<EventListener>> annotatedMethods(Class<?> beanType) {
		try {
			return MethodIntrospector.selectMethods(beanType, (Method method) -> findAnnotation(method));
		}
		catch (LinkageError | TypeNotPresentException ex) {
			logger.debug("Could not resolve the methods of " + beanType, ex);
			return Map.of();
		}
	}

	private @Nullable MergedAnnotation<EventListener> findAnnotation(Method method) {
		MergedAnnotation<EventListener> annotation = annotations(method).get(EventListener.class);
		return annotation.isPresent() ? annotation : null;
	}

	private MergedAnnotations annotations(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
	}

	private void addAnnotatedMethod(Class<?> beanType, Method method, MergedAnnotation<EventListener> annotation,
			List<ResourceEventListener> listeners) {
		List<ResolvableType> eventTypes = declaredEventTypes(beanType, method, annotation);
		if (eventTypes.stream().noneMatch(this::isResourceEvent)) {
			return;
		}
		String description = "method " + beanType.getName() + "." + method.getName();
		warnIfOnlyCalledInTransactions(method, description);
		// The event types of the annotation are raw, so only the parameter can name the
		// kind
		ResolvableType parameterType = parameterType(beanType, method);
		if (parameterType != null && isResourceEvent(parameterType)) {
			listeners.add(new ResourceEventListener(description, resourceType(parameterType)));
		}
		else {
			listeners.add(new ResourceEventListener(description, null));
		}
	}

	private List<ResolvableType> declaredEventTypes(Class<?> beanType, Method method,
			MergedAnnotation<EventListener> annotation) {
		Class<?>[] classes = annotation.getClassArray("classes");
		if (classes.length > 0) {
			return List.of(classes).stream().map(ResolvableType::forClass).toList();
		}
		ResolvableType parameterType = parameterType(beanType, method);
		return (parameterType != null) ? List.of(parameterType) : List.of();
	}

	private @Nullable ResolvableType parameterType(Class<?> beanType, Method method) {
		return (method.getParameterCount() > 0) ? ResolvableType.forMethodParameter(method, 0, beanType) : null;
	}

	private void warnIfOnlyCalledInTransactions(Method method, String description) {
		MergedAnnotation<?> transactional = annotations(method).get(TRANSACTIONAL);
		if (transactional.isPresent() && !transactional.getBoolean("fallbackExecution")) {
			logger.warn("The " + description + " is never called: resource events are published outside of"
					+ " transactions. Set 'fallbackExecution = true' or use '@EventListener'");
		}
	}

	private void addApplicationListener(String beanName, Class<?> beanType, List<ResourceEventListener> listeners) {
		if (!ApplicationListener.class.isAssignableFrom(beanType)
				|| GenericApplicationListener.class.isAssignableFrom(beanType)
				|| SmartApplicationListener.class.isAssignableFrom(beanType)) {
			return;
		}
		ResolvableType eventType = declaredEventType(beanName, beanType);
		if (isResourceEvent(eventType)) {
			listeners.add(new ResourceEventListener("bean '" + beanName + "' of type " + beanType.getName(),
					resourceType(eventType)));
		}
	}

	private ResolvableType declaredEventType(String beanName, Class<?> beanType) {
		if (this.beanFactory.containsBeanDefinition(beanName)) {
			// A lambda has no generics, but its bean method does
			ResolvableType eventType = eventType(
					this.beanFactory.getMergedBeanDefinition(beanName).getResolvableType());
			if (eventType != ResolvableType.NONE && !(eventType.getType() instanceof TypeVariable)) {
				return eventType;
			}
		}
		return eventType(ResolvableType.forClass(beanType));
	}

	private static ResolvableType eventType(ResolvableType listenerType) {
		return listenerType.as(ApplicationListener.class).getGeneric();
	}

	private boolean isResourceEvent(ResolvableType eventType) {
		return ResourceEvent.class.isAssignableFrom(eventType.resolve(Object.class));
	}

	private @Nullable Class<? extends KubernetesObject> resourceType(ResolvableType eventType) {
		Class<?> type = eventType.as(ResourceEvent.class).getGeneric().resolve(KubernetesObject.class);
		return Modifier.isAbstract(type.getModifiers()) ? null : type.asSubclass(KubernetesObject.class);
	}

}
